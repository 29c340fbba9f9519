package dev.refrain.topology;

import dev.refrain.processors.decision.ThresholdPolicy;
import dev.refrain.processors.difficulty.Leads;
import dev.refrain.processors.packing.ContextPacker;
import dev.refrain.processors.packing.PackingSettings;
import dev.refrain.processors.packing.PassPrompt;
import dev.refrain.processors.packing.ReadingSettings;
import dev.refrain.processors.packing.TokenCounter;
import dev.refrain.processors.question.QuestionRules;
import dev.refrain.processors.relevance.Coverage;
import dev.refrain.processors.retrieval.Retriever;
import dev.refrain.processors.stages.RetrievalSettings;
import dev.refrain.schemas.Topics;
import java.time.Duration;

/**
 * The settings of a question's way, a record for each stage.
 *
 * @param topics names and retention of the topics
 * @param rules which questions are let in
 * @param retrieval what is retrieved and kept
 * @param packing how passages are packed
 * @param reading what the frozen model is asked
 * @param contextLength most tokens of prompt and new tokens together: the frozen model's context
 * @param policy the policy while none is published
 * @param finishedRetention how long a finished id is remembered to suppress duplicates
 */
public record QaSettings(
    Topics topics,
    QuestionRules rules,
    RetrievalSettings retrieval,
    PackingSettings packing,
    ReadingSettings reading,
    int contextLength,
    ThresholdPolicy policy,
    Duration finishedRetention) {

  /** The same where passages are packed in another way. */
  public QaSettings withPacking(PackingSettings other) {
    return new QaSettings(
        topics, rules, retrieval, other, reading, contextLength, policy, finishedRetention);
  }

  /**
   * Sees which answers lead on to another passage.
   *
   * @param retriever finds it
   */
  Leads leads(Retriever retriever) {
    return new Leads(retriever, new Coverage(reading.relevance()), reading.followBelow());
  }

  /**
   * Makes the prompts of all passes; a prompt's budget is the context less the new tokens.
   *
   * @param tokens counts tokens as the frozen model does
   */
  public PassPrompt passPrompt(TokenCounter tokens) {
    int budget = contextLength - reading.generation().maxNewTokens();
    return new PassPrompt(reading, new ContextPacker(packing, tokens, budget));
  }
}
