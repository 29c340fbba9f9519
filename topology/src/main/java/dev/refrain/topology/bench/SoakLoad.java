package dev.refrain.topology.bench;

import dev.refrain.gpuworkers.generate.Generation;
import dev.refrain.gpuworkers.generate.GenerationRequest;
import dev.refrain.gpuworkers.generate.Generator;
import dev.refrain.gpuworkers.generate.Sequence.Finish;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Keeps as many requests in flight as it may, and counts what becomes of them. One thread submits.
 */
final class SoakLoad {
  private final SoakMix mix;
  private final Generator bare;
  private final Generator prompted;
  private final Semaphore room;
  private final Map<Long, CompletableFuture<Generation>> inFlight = new ConcurrentHashMap<>();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final LongAdder nanosecondsOfCompleted = new LongAdder();
  private final LongAdder completed = new LongAdder();
  private final LongAdder expired = new LongAdder();
  private final LongAdder cancelled = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private long submitted;
  private long behindPrompt;
  private long forked;
  private long constrained;

  /**
   * A load that has not begun.
   *
   * @param prompted the same engine behind a soft prompt
   * @param most requests in flight
   */
  SoakLoad(SoakMix mix, Generator bare, Generator prompted, int most) {
    this.mix = mix;
    this.bare = bare;
    this.prompted = prompted;
    this.room = new Semaphore(most);
  }

  /**
   * Submits the next request as soon as one may be in flight.
   *
   * @param nanoseconds how long to wait for that at most
   * @throws IllegalStateException if a request has failed, or was refused that had to fit
   */
  void submit(long nanoseconds) throws InterruptedException {
    Throwable failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("a request failed: " + failed.getMessage(), failed);
    }
    if (room.tryAcquire(nanoseconds, TimeUnit.NANOSECONDS)) {
      submit(mix.next());
    }
  }

  private void submit(SoakMix.Drawn drawn) {
    long number = submitted++;
    behindPrompt += drawn.prompted() ? 1 : 0;
    forked += drawn.sampling().sequences() > 1 ? 1 : 0;
    constrained += drawn.spans() != null ? 1 : 0;
    Duration patience = Duration.ofNanos((long) (drawn.patience() * meanNanoseconds()));
    Instant deadline = drawn.fate() == SoakMix.Fate.DEADLINE ? Instant.now().plus(patience) : null;
    long start = System.nanoTime();
    CompletableFuture<Generation> generation =
        (drawn.prompted() ? prompted : bare)
            .submit(
                new GenerationRequest(drawn.prompt(), drawn.sampling(), deadline, drawn.spans()));
    inFlight.put(number, generation);
    var unused = generation.whenComplete((given, e) -> end(number, drawn.fate(), start, given, e));
    if (drawn.fate() == SoakMix.Fate.CANCELLED) {
      CompletableFuture.delayedExecutor(patience.toNanos(), TimeUnit.NANOSECONDS)
          .execute(() -> generation.cancel(true));
    }
  }

  private double meanNanoseconds() {
    return nanosecondsOfCompleted.sum() / (double) Math.max(1, completed.sum());
  }

  private void end(
      long number,
      SoakMix.Fate fate,
      long start,
      @Nullable Generation given,
      @Nullable Throwable e) {
    inFlight.remove(number);
    count(fate, start, given, e);
    room.release();
  }

  private void count(
      SoakMix.Fate fate, long start, @Nullable Generation given, @Nullable Throwable e) {
    if (given != null && fate == SoakMix.Fate.REFUSED) {
      failure.compareAndSet(
          null, new IllegalStateException("it can never fit, and was not refused"));
    } else if (given != null
        && given.sequences().stream().anyMatch(s -> s.finish() == Finish.DEADLINE)) {
      expired.increment();
    } else if (given != null) {
      completed.increment();
      nanosecondsOfCompleted.add(System.nanoTime() - start);
    } else if (e instanceof CancellationException) {
      cancelled.increment();
    } else if (e instanceof IllegalArgumentException && fate == SoakMix.Fate.REFUSED) {
      refused.increment();
    } else {
      failure.compareAndSet(null, e);
    }
  }

  /** What has become of the requests so far. */
  SoakResult.Requests requests() {
    return new SoakResult.Requests(
        submitted,
        completed.sum(),
        expired.sum(),
        cancelled.sum(),
        refused.sum(),
        behindPrompt,
        forked,
        constrained);
  }

  /** Cancels what is in flight, which the engine lets go before its next step. */
  void abandon() {
    inFlight.values().forEach(generation -> generation.cancel(true));
  }
}
