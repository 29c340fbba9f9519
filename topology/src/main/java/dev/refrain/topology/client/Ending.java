package dev.refrain.topology.client;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a question ended, as its asker saw it.
 *
 * @param id the question's id
 * @param question its text
 * @param status how it ended
 * @param text the answer; null unless ANSWERED
 * @param reason why there is no answer; null where there is one
 * @param confidence estimated probability that the answer is right, in [0, 1]
 * @param evidence passages in the context of the last pass, best first
 * @param passes passes of the frozen model: 0, 1 or 2
 * @param milliseconds from asking to ending, by the records' own times; by the asker's clock where
 *     no record ended it
 * @param cost what it took
 * @param policy name and version of the policy that decided; empty where none did
 * @param digests of what produced the answer
 * @param attributes the asker's labels
 */
public record Ending(
    String id,
    String question,
    Status status,
    @Nullable String text,
    @Nullable String reason,
    double confidence,
    List<Evidence> evidence,
    int passes,
    double milliseconds,
    Cost cost,
    String policy,
    Map<String, String> digests,
    Map<String, String> attributes) {

  /** How a question ended. */
  public enum Status {
    ANSWERED,
    ABSTAINED,
    FAILED,
    /** It, or work for it, could not be processed: it ended on the dead-letter topic. */
    DEAD,
    /** Nothing came within the time that the asker waited. */
    UNANSWERED
  }

  /**
   * What a question cost.
   *
   * @param promptTokens prompt tokens of all passes
   * @param generatedTokens generated tokens of all passes and samples
   * @param milliseconds accelerator time of all passes
   */
  public record Cost(int promptTokens, int generatedTokens, double milliseconds) {
    static final Cost NONE = new Cost(0, 0, 0);
  }

  public Ending {
    evidence = List.copyOf(evidence);
    digests = Map.copyOf(digests);
    attributes = Map.copyOf(attributes);
  }

  /** Whether the question was answered or held back, as a policy decided. */
  public boolean decided() {
    return status == Status.ANSWERED || status == Status.ABSTAINED;
  }

  static Ending without(AskedQuestion question, Status status, String reason, double waited) {
    return new Ending(
        question.id(),
        question.text(),
        status,
        null,
        reason,
        0,
        List.of(),
        0,
        waited,
        Cost.NONE,
        "",
        Map.of(),
        question.attributes());
  }
}
