package dev.refrain.gpuworkers.pool;

import dev.refrain.gpuworkers.pool.Delivery.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.common.errors.InterruptException;

/**
 * In which order the jobs of a worker are served. Fresh jobs are served together, as they come.
 * Those that may have failed or killed a worker before are served alone, once everything that runs
 * has ended; while they wait no new work is taken, so that a killer takes few others along.
 *
 * <p>Those delivered most often go first; of those delivered equally often, the order of their
 * places at one delivery is the opposite of that at the next. If one of them kills every worker
 * that serves it, those before it end the first time and those behind it the second, before any of
 * them can be taken for poison. Safe for use by the threads of a worker.
 */
final class Agenda {
  private final Comparator<Job> order;
  private final List<Turn> waiting = new ArrayList<>();
  private int together;
  private boolean alone;

  private record Turn(Job job, Consumer<Job> onTurn) {}

  Agenda(WorkerSettings settings) {
    Comparator<Job> byPlace = Comparator.comparing(job -> job.delivery().place(), Place.ORDER);
    this.order =
        Comparator.comparingInt((Job job) -> -job.delivery().count())
            .thenComparing(
                (one, other) ->
                    (one.delivery().count() - settings.suspectFrom()) % 2 == 0
                        ? byPlace.compare(one, other)
                        : byPlace.compare(other, one));
  }

  /**
   * Begins to take and serve work together with others, until {@link #leave}.
   *
   * @return whether it may; false if jobs that are served alone have not ended in time
   */
  synchronized boolean enter(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (alone || !waiting.isEmpty()) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        throw new InterruptException(e);
      }
    }
    together++;
    return true;
  }

  /** Ends what {@link #enter} began. */
  synchronized void leave() {
    together--;
    next();
  }

  /**
   * Puts a job on the list of those that are served alone.
   *
   * @param onTurn told by any thread when its turn has come, which lasts until {@link #done}
   */
  synchronized void serveAlone(Job job, Consumer<Job> onTurn) {
    waiting.add(new Turn(job, onTurn));
    next();
  }

  /** Ends the turn of a job that is served alone. */
  synchronized void done() {
    alone = false;
    next();
  }

  /** Takes jobs off the list whose turn has not come; gives back those that were on it. */
  synchronized List<Job> withdraw(List<Job> jobs) {
    List<Job> withdrawn = jobs.stream().filter(job -> waiting.removeIf(is(job))).toList();
    next();
    return withdrawn;
  }

  private static Predicate<Turn> is(Job job) {
    return turn -> turn.job().equals(job);
  }

  private void next() {
    if (together == 0 && !alone && !waiting.isEmpty()) {
      Turn turn = Collections.min(waiting, Comparator.comparing(Turn::job, order));
      waiting.remove(turn);
      alone = true;
      turn.onTurn().accept(turn.job());
    }
    notifyAll();
  }
}
