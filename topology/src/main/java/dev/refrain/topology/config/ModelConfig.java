package dev.refrain.topology.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code model}: the frozen language model.
 *
 * @param folder a Hugging Face folder; null if not set
 * @param threads processor threads of one call, 0 for all cores
 * @param contextLength tokens of prompt and answer together, 0 for the model's own limit
 * @param engine how requests run together
 * @param prompts soft prompts in front of it
 */
public record ModelConfig(
    @Nullable Path folder,
    int threads,
    int contextLength,
    EngineConfig engine,
    PromptsConfig prompts) {

  public ModelConfig {
    Require.that(threads >= 0, "threads", threads, "0 for all cores, or more");
    Require.that(
        contextLength >= 0, "contextLength", contextLength, "0 for the model's own, or more");
  }

  /**
   * The model's folder.
   *
   * @throws ConfigurationException if none is set
   */
  public Path requiredFolder() {
    if (folder == null) {
      throw new ConfigurationException(
          "No model: give --model DIR or set model.folder to a Hugging Face folder"
              + " (config.json, tokenizer.json, *.safetensors).");
    }
    return folder;
  }
}
