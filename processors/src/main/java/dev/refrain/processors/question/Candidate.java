package dev.refrain.processors.question;

/**
 * An answer that a pass gave, and how often.
 *
 * @param text the answer as first given
 * @param count sequences that gave it, after normalisation; 1 or more
 * @param logProbability highest sum of token log-probabilities among them, natural log
 */
public record Candidate(String text, int count, double logProbability) {}
