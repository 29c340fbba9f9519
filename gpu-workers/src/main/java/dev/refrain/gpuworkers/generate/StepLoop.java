package dev.refrain.gpuworkers.generate;

import ai.djl.ndarray.NDManager;
import dev.refrain.gpuworkers.model.CausalLm;
import dev.refrain.gpuworkers.model.EngineSettings;
import dev.refrain.gpuworkers.model.TokenBatch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the engine's thread does: between two steps it lets requests in, in the order in which they
 * came, while there is memory for all that they may need, and lets those go that have ended. {@link
 * #add}, {@link #close} and {@link #counters} are for any thread.
 */
final class StepLoop implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(StepLoop.class);

  private final CausalLm model;
  private final EngineSettings settings;
  private final InstantSource clock;
  private final Distributions distributions = new Distributions();
  private final Deque<Decoding> arrivals = new ArrayDeque<>();
  private final Deque<Decoding> waiting = new ArrayDeque<>();
  private final List<Decoding> running = new ArrayList<>();
  private boolean closed;
  private volatile EngineCounters counters = EngineCounters.NONE;

  StepLoop(CausalLm model, EngineSettings settings, InstantSource clock) {
    this.model = model;
    this.settings = settings;
    this.clock = clock;
  }

  /** Takes a request; one that comes too late fails. */
  void add(Decoding decoding) {
    synchronized (arrivals) {
      if (!closed) {
        arrivals.add(decoding);
        arrivals.notifyAll();
        return;
      }
    }
    decoding.fail(new IllegalStateException("the engine is closed"));
  }

  /** Asks the loop to end after the step that runs. */
  void close() {
    synchronized (arrivals) {
      closed = true;
      arrivals.notifyAll();
    }
  }

  EngineCounters counters() {
    return counters;
  }

  @Override
  public void run() {
    try {
      while (receive()) {
        leave();
        admit();
        if (!running.isEmpty()) {
          step();
        }
        count(0, 0, 0);
      }
    } catch (InterruptedException e) {
      log.warn("the engine's thread was interrupted and ends");
    } finally {
      close();
      failAll(new IllegalStateException("the engine was closed before the request ended"));
    }
  }

  /** Waits for a request if there is none; returns whether to go on. */
  private boolean receive() throws InterruptedException {
    synchronized (arrivals) {
      while (arrivals.isEmpty() && waiting.isEmpty() && running.isEmpty() && !closed) {
        arrivals.wait();
      }
      waiting.addAll(arrivals);
      arrivals.clear();
      return !closed;
    }
  }

  /** Lets those go that nobody waits for any more or whose deadline has come. */
  private void leave() {
    Instant now = clock.instant();
    for (Iterable<Decoding> requests : List.of(waiting, running)) {
      for (Iterator<Decoding> each = requests.iterator(); each.hasNext(); ) {
        Decoding decoding = each.next();
        if (decoding.abandoned()) {
          decoding.close();
          each.remove();
        } else if (decoding.expired(now)) {
          decoding.complete();
          each.remove();
        }
      }
    }
  }

  private void admit() {
    while (!waiting.isEmpty() && fits(waiting.getFirst())) {
      Decoding next = waiting.removeFirst();
      try {
        next.start();
        running.add(next);
      } catch (RuntimeException e) {
        next.fail(e);
      }
    }
  }

  private boolean fits(Decoding next) {
    int sequences = running.stream().mapToInt(Decoding::sequences).sum();
    return sequences + next.sequences() <= settings.maxSequences()
        && kvBytes() + next.bytes() <= settings.kvMemory();
  }

  private long kvBytes() {
    return running.stream().mapToLong(Decoding::bytes).sum();
  }

  private void step() {
    Instant start = clock.instant();
    TokenBatch batch = new TokenBatch();
    List<Decoding> stepped = new ArrayList<>();
    int read = read(batch, stepped);
    for (Decoding decoding : running) {
      if (decoding.unread() == 0 && decoding.inStep() == 0) {
        decoding.decode(batch);
        stepped.add(decoding);
      }
    }
    try (NDManager manager = model.newManager()) {
      distributions.read(model.step(manager, batch));
    } catch (RuntimeException e) {
      log.error("a step of {} requests failed", stepped.size(), e);
      stepped.forEach(decoding -> decoding.fail(failed(stepped.size(), e)));
      running.removeIf(Decoding::ended);
      return;
    }
    double taken = Duration.between(start, clock.instant()).toNanos() / 1e6;
    count(1, read, distributions.size());
    distribute(stepped, taken / batch.size());
    running.removeIf(Decoding::ended);
  }

  private static IllegalStateException failed(int requests, RuntimeException cause) {
    return new IllegalStateException(
        "the model failed in a step of %d requests: %s".formatted(requests, cause.getMessage()),
        cause);
  }

  /**
   * Adds prompts in the order of their requests, each in pieces whose ends depend on nothing else.
   */
  private int read(TokenBatch batch, List<Decoding> stepped) {
    int left = settings.prefillChunk();
    for (Decoding decoding : running) {
      int tokens = Math.min(decoding.unread(), settings.prefillChunk());
      if (tokens > left) {
        break;
      }
      if (tokens > 0) {
        decoding.read(batch, tokens);
        stepped.add(decoding);
        left -= tokens;
      }
    }
    return settings.prefillChunk() - left;
  }

  private void distribute(List<Decoding> stepped, double eachMilliseconds) {
    int first = 0;
    for (Decoding decoding : stepped) {
      int asked = decoding.asked();
      try {
        decoding.take(distributions, first, eachMilliseconds * decoding.inStep());
        if (decoding.finished()) {
          decoding.complete();
        }
      } catch (RuntimeException e) {
        decoding.fail(e);
      }
      first += asked;
    }
  }

  private void count(int steps, int promptTokens, int newTokens) {
    counters =
        new EngineCounters(
            counters.steps() + steps,
            counters.promptTokens() + promptTokens,
            counters.newTokens() + newTokens,
            waiting.size(),
            running.size(),
            kvBytes());
  }

  private void failAll(RuntimeException reason) {
    synchronized (arrivals) {
      waiting.addAll(arrivals);
      arrivals.clear();
    }
    waiting.forEach(decoding -> decoding.fail(reason));
    running.forEach(decoding -> decoding.fail(reason));
    waiting.clear();
    running.clear();
    count(0, 0, 0);
  }
}
