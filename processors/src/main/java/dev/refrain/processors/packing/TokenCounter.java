package dev.refrain.processors.packing;

/** Counts tokens with the frozen model's own tokenizer. Safe for use by many threads. */
@FunctionalInterface
public interface TokenCounter {

  /** Tokens of a complete prompt, begin-of-sequence included. */
  int count(String prompt);
}
