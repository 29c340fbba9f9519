package dev.refrain.processors.question;

import dev.refrain.processors.retrieval.Hit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is remembered of a question between two records.
 *
 * @param question the question
 * @param traceparent the W3C trace context that came with it, if any
 * @param route how the second pass is made; null in the first
 * @param awaited the work whose result comes next
 * @param context the passages: none until scores are there, then ranked, after packing packed
 * @param candidates candidates of the first pass, best first; empty in the first pass
 * @param cost what it has cost so far
 */
public record PendingQuestion(
    Question question,
    @Nullable String traceparent,
    @Nullable Route route,
    Awaited awaited,
    Context context,
    List<Candidate> candidates,
    Cost cost) {

  /**
   * The work that a question waits for.
   *
   * @param workId its id; empty before the first
   * @param pool the pool that does it
   */
  public record Awaited(String workId, String pool) {
    static final Awaited NOTHING = new Awaited("", "");
  }

  /**
   * Passages and where they came from.
   *
   * @param indexDigest digest of the index; empty before retrieval
   * @param hits the passages, best first
   */
  public record Context(String indexDigest, List<Hit> hits) {
    static final Context NOTHING = new Context("", List.of());

    public Context {
      hits = List.copyOf(hits);
    }
  }

  public PendingQuestion {
    candidates = List.copyOf(candidates);
  }

  /** A question that has just come in. */
  public static PendingQuestion of(Question question, @Nullable String traceparent) {
    return new PendingQuestion(
        question, traceparent, null, Awaited.NOTHING, Context.NOTHING, List.of(), Cost.NONE);
  }

  public String id() {
    return question.id();
  }

  /** The pass under way: 1, or 2 where a route was taken. */
  public int pass() {
    return route == null ? 1 : 2;
  }

  public PendingQuestion awaiting(String workId, String pool) {
    return new PendingQuestion(
        question, traceparent, route, new Awaited(workId, pool), context, candidates, cost);
  }

  public PendingQuestion withContext(String indexDigest, List<Hit> hits) {
    return new PendingQuestion(
        question, traceparent, route, awaited, new Context(indexDigest, hits), candidates, cost);
  }

  public PendingQuestion withHits(List<Hit> hits) {
    return withContext(context.indexDigest(), hits);
  }

  public PendingQuestion withCost(Cost newCost) {
    return new PendingQuestion(question, traceparent, route, awaited, context, candidates, newCost);
  }

  /** The same question at the start of its second pass. */
  public PendingQuestion recurse(Route newRoute, List<Candidate> newCandidates) {
    return new PendingQuestion(
        question, traceparent, newRoute, awaited, context, newCandidates, cost);
  }
}
