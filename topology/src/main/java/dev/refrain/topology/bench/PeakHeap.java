package dev.refrain.topology.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;

/**
 * The most heap that this JVM has used, garbage included: the sum of its pools' peaks, which need
 * not have come at one moment, so that the true peak may be lower.
 */
final class PeakHeap {
  private final List<MemoryPoolMXBean> pools =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .toList();

  /** Forgets the peaks so far. */
  void reset() {
    pools.forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  /** The peak since the last reset. */
  long bytes() {
    return pools.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
  }

  /** What the JVM may use at most. */
  long limit() {
    return Runtime.getRuntime().maxMemory();
  }
}
