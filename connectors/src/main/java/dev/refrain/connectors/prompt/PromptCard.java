package dev.refrain.connectors.prompt;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a soft prompt is and where it comes from.
 *
 * @param modelDigest digest of the frozen model that it was tuned in front of
 * @param dataDigest digest of the examples that it was tuned on
 * @param trainedOn what the examples are, in words or as a file name
 * @param examples how many there were
 * @param steps steps of the optimiser
 * @param seed decided first vectors and order
 * @param learningRate highest learning rate
 */
public record PromptCard(
    String modelDigest,
    String dataDigest,
    String trainedOn,
    long examples,
    long steps,
    long seed,
    double learningRate) {

  /** The card by field names. */
  Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("model_digest", modelDigest);
    fields.put("data_digest", dataDigest);
    fields.put("trained_on", trainedOn);
    fields.put("examples", Long.toString(examples));
    fields.put("steps", Long.toString(steps));
    fields.put("seed", Long.toString(seed));
    fields.put("learning_rate", Double.toString(learningRate));
    return fields;
  }

  /**
   * A card from its fields.
   *
   * @throws IllegalArgumentException if one is missing or no number where one must be
   */
  static PromptCard of(Map<String, String> fields) {
    return new PromptCard(
        field(fields, "model_digest"),
        field(fields, "data_digest"),
        field(fields, "trained_on"),
        Long.parseLong(field(fields, "examples")),
        Long.parseLong(field(fields, "steps")),
        Long.parseLong(field(fields, "seed")),
        Double.parseDouble(field(fields, "learning_rate")));
  }

  private static String field(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the card has no field " + name);
    }
    return value;
  }
}
