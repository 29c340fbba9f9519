package dev.refrain.gpuworkers.hub;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * Tries again what failed for a reason that may pass, ever more slowly and not in step with others
 * that failed at the same time; or as slowly as the server asks.
 */
final class Retries {
  private final Pace pace;
  private final PullListener listener;

  Retries(Pace pace, PullListener listener) {
    this.pace = pace;
    this.listener = listener;
  }

  /** What may fail. */
  interface Attempt<T> {
    T run() throws IOException, InterruptedException;
  }

  /**
   * Runs an attempt until it succeeds.
   *
   * @param what is attempted, for the message
   * @param gained grows with what attempts that fail achieve; where it has grown, failures are
   *     counted anew
   * @throws HubException if it fails too often, the server asks for more time than there is, or the
   *     disk refuses
   */
  <T> T run(String what, LongSupplier gained, Attempt<T> attempt) throws InterruptedException {
    int failures = 0;
    while (true) {
      long before = gained.getAsLong();
      try {
        return attempt.run();
      } catch (FileSystemException e) {
        throw new HubException(
            "%s: %s cannot be used (%s): check the disk and its permissions. What is there is kept; the same command goes on."
                .formatted(what, e.getFile(), reason(e)),
            e);
      } catch (IOException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        failures = gained.getAsLong() > before ? 1 : failures + 1;
        Duration delay = delay(what, failures, e);
        listener.waits("%s: %s".formatted(what, reason(e)), delay);
        Thread.sleep(delay);
      }
    }
  }

  private Duration delay(String what, int failures, IOException failure) {
    Optional<Duration> asked =
        failure instanceof BusyException busy ? busy.retryAfter() : Optional.empty();
    if (failures >= pace.attempts()) {
      throw new HubException(
          "%s failed %d times in a row: %s. What is there is kept; the same command goes on."
              .formatted(what, failures, reason(failure)),
          failure);
    }
    if (asked.filter(wait -> wait.compareTo(pace.longestWait()) > 0).isPresent()) {
      throw new HubException(
          "%s: %s and asks to come back in %d s. What is there is kept; the same command goes on."
              .formatted(what, reason(failure), asked.get().toSeconds()),
          failure);
    }
    Duration doubled = pace.firstWait().multipliedBy(1L << Math.min(failures - 1, 20));
    Duration most = doubled.compareTo(pace.longestWait()) < 0 ? doubled : pace.longestWait();
    long jittered = (long) (most.toMillis() * ThreadLocalRandom.current().nextDouble(0.5, 1));
    return asked.filter(Duration::isPositive).orElse(Duration.ofMillis(jittered));
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
  }
}
