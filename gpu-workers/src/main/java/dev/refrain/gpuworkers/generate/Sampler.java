package dev.refrain.gpuworkers.generate;

/** Chooses the next token of one sequence. One sequence, one sampler; not thread-safe. */
@FunctionalInterface
interface Sampler {

  /** A token of the distribution. */
  int choose(NextToken next);
}
