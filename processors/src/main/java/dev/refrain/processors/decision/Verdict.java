package dev.refrain.processors.decision;

/**
 * What to do after a pass, and why.
 *
 * @param action what to do
 * @param reason the comparison that decided, with its numbers
 */
public record Verdict(Action action, String reason) {

  /** What can be done after a pass. */
  public enum Action {
    EMIT,
    ABSTAIN,
    TEXTUAL,
    RE_RETRIEVE,
    FOLLOW
  }
}
