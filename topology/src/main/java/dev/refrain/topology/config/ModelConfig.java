package dev.refrain.topology.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.refrain.gpuworkers.engine.TorchDevice;
import dev.refrain.gpuworkers.model.EngineSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code model}: the frozen language model.
 *
 * @param folder a Hugging Face folder; null if not set
 * @param threads processor threads of one call, 0 for all cores
 * @param contextLength tokens of prompt and answer together, 0 for the model's own limit
 * @param precision in which numbers it computes
 * @param devices where it computes: {@code cpu}, {@code cuda} or {@code cuda:N}; the workers of a
 *     process take them in turn, and what loads one model the first
 * @param engine how requests run together
 * @param prompts soft prompts in front of it
 */
public record ModelConfig(
    @Nullable Path folder,
    int threads,
    int contextLength,
    Precision precision,
    List<String> devices,
    EngineConfig engine,
    PromptsConfig prompts) {

  /** As they are in float, or rounded to a half or a quarter of its size. */
  public enum Precision {
    @JsonProperty("fp32")
    FP32,
    @JsonProperty("bf16")
    BF16,
    @JsonProperty("fp16")
    FP16,
    @JsonProperty("int8")
    INT8;

    private dev.refrain.gpuworkers.model.Precision ofEngine() {
      return switch (this) {
        case FP32 -> dev.refrain.gpuworkers.model.Precision.FP32;
        case BF16 -> dev.refrain.gpuworkers.model.Precision.BF16;
        case FP16 -> dev.refrain.gpuworkers.model.Precision.FP16;
        case INT8 -> dev.refrain.gpuworkers.model.Precision.INT8;
      };
    }
  }

  public ModelConfig {
    Require.that(threads >= 0, "threads", threads, "0 for all cores, or more");
    Require.that(
        contextLength >= 0, "contextLength", contextLength, "0 for the model's own, or more");
    devices = List.copyOf(devices);
    Require.that(!devices.isEmpty(), "devices", devices, "one or more");
    for (String device : devices) {
      Require.that(TorchDevice.named(device).isPresent(), "devices", device, "cpu, cuda or cuda:N");
      Require.that(
          precision.ofEngine().availableOn(device(device)),
          "precision",
          precision.name().toLowerCase(Locale.ROOT),
          "fp32, bf16 or %s on %s".formatted(device.equals("cpu") ? "int8" : "fp16", device));
    }
  }

  private static TorchDevice device(String name) {
    return TorchDevice.named(name).orElseThrow();
  }

  /**
   * The same for one of a process's workers, with its device alone.
   *
   * @param worker its number, from 0
   */
  public ModelConfig forWorker(int worker) {
    List<String> own = List.of(devices.get(worker % devices.size()));
    return new ModelConfig(folder, threads, contextLength, precision, own, engine, prompts);
  }

  /**
   * How the engine runs this model, on the first of its devices.
   *
   * @param threads processor threads of one call, 1 or more
   */
  public EngineSettings settings(int threads) {
    return engine.settings(threads).with(precision.ofEngine()).on(device(devices.getFirst()));
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
