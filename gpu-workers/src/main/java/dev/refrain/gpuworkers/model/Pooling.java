package dev.refrain.gpuworkers.model;

/** How the states of a sequence become one vector. */
public enum Pooling {
  /** Their mean. */
  MEAN,
  /** The state of the first token, which BERT calls {@code [CLS]}. */
  FIRST
}
