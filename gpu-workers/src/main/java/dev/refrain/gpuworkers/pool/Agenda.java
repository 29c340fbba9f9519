package dev.refrain.gpuworkers.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * In which order the jobs of one delivery are served. Fresh jobs go first and in batches. Those
 * that may have failed or killed a worker before go alone, in the order of delivery at one delivery
 * and in the opposite order at the next: if one of them kills every worker that serves it, those
 * before it end the first time and those behind it the second, before any of them can be taken for
 * poison.
 */
final class Agenda {
  private final Deque<List<Job>> batches = new ArrayDeque<>();

  Agenda(List<Job> jobs, WorkerSettings settings) {
    int suspectFrom = Math.max(2, settings.maxDeliveries() - 1);
    List<Job> fresh = new ArrayList<>();
    List<Job> forward = new ArrayList<>();
    List<Job> backward = new ArrayList<>();
    for (Job job : jobs) {
      int count = job.delivery().count();
      if (count < suspectFrom) {
        fresh.add(job);
      } else if ((count - suspectFrom) % 2 == 0) {
        forward.add(job);
      } else {
        backward.add(job);
      }
    }
    for (int from = 0; from < fresh.size(); from += settings.maxBatch()) {
      batches.add(
          List.copyOf(fresh.subList(from, Math.min(from + settings.maxBatch(), fresh.size()))));
    }
    Collections.reverse(backward);
    forward.forEach(job -> batches.add(List.of(job)));
    backward.forEach(job -> batches.add(List.of(job)));
  }

  boolean isEmpty() {
    return batches.isEmpty();
  }

  /** The jobs to serve next, together; fails if there are none. */
  List<Job> next() {
    return batches.remove();
  }

  /** Puts jobs back in front, each alone. */
  void retryOneByOne(List<Job> jobs) {
    jobs.reversed().forEach(job -> batches.addFirst(List.of(job)));
  }

  /** Takes out everything that is left. */
  List<Job> drain() {
    List<Job> left = batches.stream().flatMap(List::stream).toList();
    batches.clear();
    return left;
  }
}
