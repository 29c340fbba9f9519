package dev.refrain.connectors.prompt;

/**
 * What shall follow what.
 *
 * @param input the complete prompt
 * @param target what the model shall say after it, as it shall say it, leading space included
 */
public record Example(String input, String target) {
  public Example {
    if (target.isEmpty()) {
      throw new IllegalArgumentException(
          "target is empty for the input '%.40s': it must be text".formatted(input));
    }
  }
}
