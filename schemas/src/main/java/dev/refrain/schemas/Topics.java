package dev.refrain.schemas;

import dev.refrain.schemas.TopicSpec.Cleanup;
import dev.refrain.schemas.avro.Answer;
import dev.refrain.schemas.avro.DeadLetter;
import dev.refrain.schemas.avro.Decision;
import dev.refrain.schemas.avro.Feedback;
import dev.refrain.schemas.avro.Policy;
import dev.refrain.schemas.avro.Question;
import dev.refrain.schemas.avro.WorkRequest;
import dev.refrain.schemas.avro.WorkResult;
import java.time.Duration;
import java.util.List;
import org.apache.avro.Schema;

/**
 * The table of topics: every topic that Refrain reads or writes, with its key, its record and how
 * long it is kept. Questions and results have the same number of partitions, so that a question and
 * its results meet in one task.
 *
 * @param prefix put before every name, for example {@code qa.}
 * @param partitions partitions of every topic but the policies, 1 or more
 * @param retention how long questions, work, answers, decisions, feedback and dead letters are kept
 * @param journalRetention how long results are kept, the journal that replay reads
 */
public record Topics(String prefix, int partitions, Duration retention, Duration journalRetention) {

  /** Pool of the re-ranker. */
  public static final String RERANK = "rerank";

  /** Pool of the frozen language model. */
  public static final String LM = "lm";

  public TopicSpec questions() {
    return deleted("questions", "question id", Question.getClassSchema(), retention);
  }

  /** The work queue of a pool, read by a share group. */
  public TopicSpec work(String pool) {
    return deleted("work." + pool, "work id", WorkRequest.getClassSchema(), retention);
  }

  public TopicSpec results() {
    return deleted("results", "question id", WorkResult.getClassSchema(), journalRetention);
  }

  public TopicSpec decisions() {
    return deleted("decisions", "question id", Decision.getClassSchema(), retention);
  }

  public TopicSpec answers() {
    return deleted("answers", "question id", Answer.getClassSchema(), retention);
  }

  public TopicSpec feedback() {
    return deleted("feedback", "question id", Feedback.getClassSchema(), retention);
  }

  public TopicSpec policies() {
    return new TopicSpec(
        prefix + "policies", "policy name", Policy.getClassSchema(), 1, Cleanup.COMPACT, retention);
  }

  public TopicSpec deadLetters() {
    return deleted("dlq", "original key", DeadLetter.getClassSchema(), retention);
  }

  /** Every topic, in the order of a question's way. */
  public List<TopicSpec> all() {
    return List.of(
        questions(),
        work(RERANK),
        work(LM),
        results(),
        decisions(),
        answers(),
        feedback(),
        policies(),
        deadLetters());
  }

  private TopicSpec deleted(String name, String key, Schema schema, Duration kept) {
    return new TopicSpec(prefix + name, key, schema, partitions, Cleanup.DELETE, kept);
  }
}
