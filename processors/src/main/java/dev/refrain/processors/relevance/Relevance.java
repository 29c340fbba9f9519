package dev.refrain.processors.relevance;

/** Says how much texts have to do with a question. Safe for use by many threads. */
@FunctionalInterface
public interface Relevance {
  /** What a question asks about. */
  Asked of(String question);

  /** What a question asks about, and how much each part of that weighs. Immutable. */
  interface Asked {
    /** The weight of all parts together, 0 or more. */
    double weight();

    /** The weight of what a text says of it, from 0 to {@link #weight}. */
    double said(String text);

    /** What is left of it where a title has said the rest. */
    Asked without(String title);
  }
}
