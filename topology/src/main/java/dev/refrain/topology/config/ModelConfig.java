package dev.refrain.topology.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.refrain.gpuworkers.model.EngineSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code model}: the frozen language model.
 *
 * @param folder a Hugging Face folder; null if not set
 * @param threads processor threads of one call, 0 for all cores
 * @param contextLength tokens of prompt and answer together, 0 for the model's own limit
 * @param precision in which numbers positions are multiplied with weights
 * @param engine how requests run together
 * @param prompts soft prompts in front of it
 */
public record ModelConfig(
    @Nullable Path folder,
    int threads,
    int contextLength,
    Precision precision,
    EngineConfig engine,
    PromptsConfig prompts) {

  /** As they are in float, or rounded to half its size. */
  public enum Precision {
    @JsonProperty("fp32")
    FP32,
    @JsonProperty("bf16")
    BF16
  }

  public ModelConfig {
    Require.that(threads >= 0, "threads", threads, "0 for all cores, or more");
    Require.that(
        contextLength >= 0, "contextLength", contextLength, "0 for the model's own, or more");
  }

  /**
   * How the engine runs this model.
   *
   * @param threads processor threads of one call, 1 or more
   */
  public EngineSettings settings(int threads) {
    return engine
        .settings(threads)
        .with(
            switch (precision) {
              case FP32 -> dev.refrain.gpuworkers.model.Precision.FP32;
              case BF16 -> dev.refrain.gpuworkers.model.Precision.BF16;
            });
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
