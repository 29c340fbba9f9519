package dev.refrain.gpuworkers.model;

import java.util.Locale;

/** Where a program has a weight: one for the model, or one for each layer. */
enum Slot {
  EMBEDDING,
  POSITIONS,
  LAST_NORM,
  OUTPUT,
  ATTENTION_NORM,
  QUERIES_KEYS_VALUES,
  QUERIES_KEYS_VALUES_BIAS,
  QUERY_NORM,
  KEY_NORM,
  ATTENTION_OUTPUT,
  ATTENTION_OUTPUT_BIAS,
  AFTER_ATTENTION_NORM,
  FEED_FORWARD_NORM,
  GATE_UP,
  UP,
  UP_BIAS,
  DOWN,
  DOWN_BIAS,
  AFTER_FEED_FORWARD_NORM,
  EMBEDDING_NORM,
  SEGMENTS,
  RELATIVE_BIAS,
  CROSS_NORM,
  CROSS_QUERIES,
  CROSS_KEYS_VALUES,
  CROSS_OUTPUT;

  /** Whether it is a matrix that positions are multiplied with. */
  boolean product() {
    return switch (this) {
      case OUTPUT,
          QUERIES_KEYS_VALUES,
          ATTENTION_OUTPUT,
          GATE_UP,
          UP,
          DOWN,
          CROSS_QUERIES,
          CROSS_KEYS_VALUES,
          CROSS_OUTPUT ->
          true;
      case EMBEDDING,
          POSITIONS,
          LAST_NORM,
          ATTENTION_NORM,
          QUERIES_KEYS_VALUES_BIAS,
          QUERY_NORM,
          KEY_NORM,
          ATTENTION_OUTPUT_BIAS,
          AFTER_ATTENTION_NORM,
          FEED_FORWARD_NORM,
          UP_BIAS,
          DOWN_BIAS,
          AFTER_FEED_FORWARD_NORM,
          EMBEDDING_NORM,
          SEGMENTS,
          RELATIVE_BIAS,
          CROSS_NORM ->
          false;
    };
  }

  /** The name of its list in the program. */
  String list() {
    return name().toLowerCase(Locale.ROOT);
  }
}
