package dev.refrain.gpuworkers.generate;

import java.util.List;

/**
 * What came of one request.
 *
 * @param promptTokens tokens of the prompt, begin-of-sequence included
 * @param sequences the greedy sequence first if wanted, then the samples
 * @param milliseconds the request's share of the time of the call
 */
public record Generation(int promptTokens, List<Sequence> sequences, double milliseconds) {
  public Generation {
    sequences = List.copyOf(sequences);
  }
}
