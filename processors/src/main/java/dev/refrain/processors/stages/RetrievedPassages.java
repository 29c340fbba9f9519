package dev.refrain.processors.stages;

import dev.refrain.processors.retrieval.Hit;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The passages that questions wait with for their scores: in memory only, so that they need not be
 * written to a store and its changelog. Each stands beside its work id, a hash of the query and the
 * passages, which says whether they are the ones that were scored. Safe for use by many threads.
 */
public final class RetrievedPassages {
  /** Some 100 MiB of passages of 100 words. */
  private static final int MOST_PASSAGES = 100_000;

  /** What has waited for so long may belong to a question that ended, or to a task that moved. */
  private static final Duration STALE_AFTER = Duration.ofMinutes(1);

  private record Kept(String workId, List<Hit> hits, Instant at) {}

  private final int most;
  private final Map<String, Kept> byQuestion = new LinkedHashMap<>();
  private int passages;

  /** Keeps as much as a process with a heap of a GiB can spare. */
  public RetrievedPassages() {
    this(MOST_PASSAGES);
  }

  /**
   * @param most passages to keep, 0 or more
   */
  RetrievedPassages(int most) {
    if (most < 0) {
      throw new IllegalArgumentException("most is %d, must be 0 or more".formatted(most));
    }
    this.most = most;
  }

  /**
   * Keeps a question's passages if there is room. Results come in the order of their requests, so
   * what is here stays: making room for the latest would lose each just before its turn.
   */
  synchronized void keep(String questionId, String workId, List<Hit> hits, Instant now) {
    remove(questionId);
    if (passages + hits.size() > most) {
      dropStale(now);
    }
    if (passages + hits.size() <= most) {
      byQuestion.put(questionId, new Kept(workId, List.copyOf(hits), now));
      passages += hits.size();
    }
  }

  /** Takes out the passages that a question waits with; empty unless they are those of the work. */
  synchronized Optional<List<Hit>> take(String questionId, String workId) {
    return remove(questionId).filter(kept -> kept.workId().equals(workId)).map(Kept::hits);
  }

  private Optional<Kept> remove(String questionId) {
    Optional<Kept> kept = Optional.ofNullable(byQuestion.remove(questionId));
    kept.ifPresent(k -> passages -= k.hits().size());
    return kept;
  }

  private void dropStale(Instant now) {
    Instant limit = now.minus(STALE_AFTER);
    Iterator<Kept> eldest = byQuestion.values().iterator();
    while (eldest.hasNext()) {
      Kept kept = eldest.next();
      if (kept.at().isAfter(limit)) {
        return;
      }
      passages -= kept.hits().size();
      eldest.remove();
    }
  }
}
