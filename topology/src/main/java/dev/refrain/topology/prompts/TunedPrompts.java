package dev.refrain.topology.prompts;

import dev.refrain.connectors.prompt.SoftPrompt;
import java.util.List;

/**
 * The two prompts of a model.
 *
 * @param reader of the first pass
 * @param chooser of the second
 * @param scores how good they are
 */
public record TunedPrompts(SoftPrompt reader, SoftPrompt chooser, List<PassScore> scores) {
  public TunedPrompts {
    scores = List.copyOf(scores);
  }
}
