package dev.refrain.processors.packing;

/**
 * How passages are packed.
 *
 * @param overflow what happens at the first passage that does not fit
 * @param order where the best passage stands in the context
 * @param maxPassages most passages in a context, 1 or more
 * @param passage template of one passage, with the slots {title} and {text}
 */
public record PackingSettings(
    Overflow overflow, Order order, int maxPassages, PromptTemplate passage) {

  /** What happens at a passage that does not fit. */
  public enum Overflow {
    /** Packing ends. */
    STOP,
    /** The next passage is tried. */
    SKIP
  }

  /** Order of the passages in the context. */
  public enum Order {
    BEST_FIRST,
    /** Best passage last, next to the question. */
    BEST_LAST
  }

  public PackingSettings {
    if (maxPassages < 1) {
      throw new IllegalArgumentException(
          "maxPassages is %d, must be 1 or more".formatted(maxPassages));
    }
  }
}
