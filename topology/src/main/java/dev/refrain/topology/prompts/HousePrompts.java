package dev.refrain.topology.prompts;

import dev.refrain.connectors.house.TwoPassExercises;
import dev.refrain.connectors.prompt.SoftPrompt;
import dev.refrain.gpuworkers.generate.LanguageModel;
import dev.refrain.gpuworkers.model.EngineSettings;
import dev.refrain.topology.config.Configuration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Makes the two soft prompts of a model that reads (METHODS 5 and 6): tunes the reader's on one
 * fold of exercises; samples candidates behind it on a second fold, none of whose exercises it was
 * tuned on; tunes the chooser's on these; measures both on a third. Every prompt is made as the
 * topology makes it. The frozen model does not change. One thread at a time.
 *
 * @param recipe what decides the prompts
 * @param configuration model folder, templates, sampling; its own soft prompts are not used
 * @param exercises what they are tuned on
 * @param folder where {@code reader.safetensors} and {@code chooser.safetensors} are written, with
 *     examples, checkpoints and loss curves in folders beside them
 * @param threads processor threads; they do not change the prompts
 */
public record HousePrompts(
    HousePromptsRecipe recipe,
    Configuration configuration,
    TwoPassExercises exercises,
    Path folder,
    int threads) {

  /**
   * Makes them, or goes on where it was stopped; what is there already is not made again.
   *
   * @return the prompts; empty if the thread was interrupted or the listener wanted an end
   * @throws IOException if a file cannot be read or written
   */
  public Optional<TunedPrompts> run(HousePromptsListener listener) throws IOException {
    Path modelFolder = configuration.model().requiredFolder();
    try (LanguageModel model = LanguageModel.load(modelFolder, new EngineSettings(1))) {
      int context = model.config().contextLength() - recipe.length();
      PassPrompts prompts = PassPrompts.of(configuration, context, model.tokenizer()::count);
      PromptsInTheMaking making = new PromptsInTheMaking(this, model, prompts, listener);
      Optional<SoftPrompt> reader = making.reader();
      if (reader.isEmpty()) {
        return Optional.empty();
      }
      Optional<SoftPrompt> chooser = making.chooser(reader.get());
      if (chooser.isEmpty()) {
        return Optional.empty();
      }
      Optional<List<PassScore>> scores = making.scores(reader.get(), chooser.get());
      return scores.map(all -> new TunedPrompts(reader.get(), chooser.get(), all));
    }
  }
}
