package dev.refrain.processors.stages;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.StoreBuilder;

/** Names of the operators, stores and sinks that stages send to each other by. */
public final class Stages {
  public static final String ACCEPT_QUESTION = "accept-question";
  public static final String RETRIEVE_PASSAGES = "retrieve-passages";
  public static final String MATCH_RESULT = "match-result";
  public static final String PACK_CONTEXT = "pack-context";
  public static final String ESTIMATE_DIFFICULTY = "estimate-difficulty";
  public static final String DECIDE_PASS = "decide-pass";
  public static final String EMIT_ANSWER = "emit-answer";

  public static final String WORK_RERANK = "work-rerank";
  public static final String WORK_LM = "work-lm";
  public static final String DECISIONS = "decisions";
  public static final String ANSWERS = "answers";
  public static final String DEAD_LETTERS = "dead-letters";

  public static final String PENDING_QUESTIONS = "pending-questions-store";
  public static final String FINISHED_QUESTIONS = "finished-questions-store";
  public static final String DEADLINES = "deadlines-store";
  public static final String POLICIES = "policies-store";

  private Stages() {}

  /**
   * The stores that the stages share.
   *
   * @param finishedRetention how long the ids of ended questions are remembered, 1 ms or more
   */
  public static List<StoreBuilder<?>> stores(Duration finishedRetention) {
    List<StoreBuilder<?>> stores = new ArrayList<>(QuestionStores.builders());
    stores.add(FinishedQuestions.builder(finishedRetention));
    return stores;
  }
}
