package dev.refrain.gpuworkers.pool;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Adds up what workers do. Safe for use by many threads, and by several workers. */
public final class WorkerCounters implements WorkerListener {
  private final Map<WorkerEvent, LongAdder> counts = new EnumMap<>(WorkerEvent.class);

  public WorkerCounters() {
    for (WorkerEvent event : WorkerEvent.values()) {
      counts.put(event, new LongAdder());
    }
  }

  @Override
  public void happened(WorkerEvent event, long amount) {
    adder(event).add(amount);
  }

  /** The sum so far. */
  public long count(WorkerEvent event) {
    return adder(event).sum();
  }

  private LongAdder adder(WorkerEvent event) {
    LongAdder adder = counts.get(event);
    if (adder == null) {
      throw new IllegalArgumentException("No counter for " + event);
    }
    return adder;
  }

  @Override
  public String toString() {
    return counts.toString();
  }
}
