package dev.refrain.processors.question;

/**
 * What a question has cost so far.
 *
 * @param passes finished passes of the frozen model
 * @param promptTokens prompt tokens of all passes
 * @param generatedTokens generated tokens of all passes and samples
 * @param milliseconds accelerator time of all work
 */
public record Cost(int passes, int promptTokens, int generatedTokens, double milliseconds) {

  /** Before anything was done. */
  public static final Cost NONE = new Cost(0, 0, 0, 0);

  /** This cost and some accelerator time. */
  public Cost plusMilliseconds(double more) {
    return new Cost(passes, promptTokens, generatedTokens, milliseconds + more);
  }

  /** This cost and one more pass. */
  public Cost plusPass(int morePromptTokens, int moreGeneratedTokens) {
    return new Cost(
        passes + 1,
        promptTokens + morePromptTokens,
        generatedTokens + moreGeneratedTokens,
        milliseconds);
  }
}
