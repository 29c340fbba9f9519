package dev.refrain.processors.scoring;

import dev.refrain.processors.retrieval.Hit;
import dev.refrain.processors.retrieval.Retriever;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Runs a retriever over queries and measures what it finds. */
public final class RetrievalEvaluation {
  /** Hits that a query is asked for, as is usual with trec_eval. */
  public static final int DEPTH = 1000;

  private final Retriever retriever;

  /** An evaluation of this retriever. */
  public RetrievalEvaluation(Retriever retriever) {
    this.retriever = retriever;
  }

  /**
   * Retrieves for every query and scores those with judgements. Judged queries that are not among
   * the queries do not count.
   *
   * @param queries texts by id
   * @param qrels grades by passage id by query id
   * @param listener told each ranking, in the order of the queries
   * @throws IOException if the listener throws it
   */
  public RankingScores rank(
      Map<String, String> queries,
      Map<String, Map<String, Integer>> qrels,
      RankingListener listener)
      throws IOException {
    RankingScores.Collector scores = new RankingScores.Collector();
    for (Map.Entry<String, String> query : queries.entrySet()) {
      List<Hit> hits = retriever.retrieve(query.getValue(), DEPTH);
      listener.onRanking(query.getKey(), hits);
      Map<String, Integer> grades = qrels.get(query.getKey());
      if (grades != null) {
        scores.add(hits.stream().map(hit -> hit.passage().id()).toList(), grades);
      }
    }
    return scores.scores();
  }

  /**
   * The rank of the first passage that contains an answer, from 1; 0 where none of the first {@link
   * AnswerRecall#DEPTH} does.
   */
  public int rankOfAnswer(GoldQuestion question) {
    AnswerMatcher answers = AnswerMatcher.of(question.answers());
    List<Hit> hits = retriever.retrieve(question.text(), AnswerRecall.DEPTH);
    for (int i = 0; i < hits.size(); i++) {
      if (answers.occursIn(hits.get(i).passage().text())) {
        return i + 1;
      }
    }
    return 0;
  }

  /** Takes rankings one by one. */
  @FunctionalInterface
  public interface RankingListener {
    /** Called once a query. */
    void onRanking(String queryId, List<Hit> hits) throws IOException;
  }
}
