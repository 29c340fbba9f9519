package dev.refrain.gpuworkers.model;

/**
 * How rotary frequencies are changed so that a model reads further than it was trained at first.
 *
 * <p>Source: {@code modeling_rope_utils.py} of Hugging Face transformers 4.57, whose float
 * arithmetic the program repeats.
 */
public sealed interface RopeScaling {

  /** Frequencies as they were in training. */
  record None() implements RopeScaling {}
}
