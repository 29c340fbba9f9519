package dev.refrain.connectors.training;

import java.time.Duration;

/**
 * What one step of the optimiser did.
 *
 * @param step number of the step, from 1
 * @param first number of the first step of this run, above 1 where it was resumed
 * @param steps of the whole run
 * @param loss weighted mean over the step's targets, nats
 * @param rate learning rate
 * @param gradientNorm norm of the gradient before clipping
 * @param tokens positions computed in this run so far, those before a resumption aside
 * @param elapsed time of this run so far
 */
public record TrainingStep(
    long step,
    long first,
    long steps,
    double loss,
    double rate,
    double gradientNorm,
    long tokens,
    Duration elapsed) {

  /** Positions a second. */
  public double tokensPerSecond() {
    return tokens / Math.max(1e-9, elapsed.toNanos() / 1e9);
  }
}
