package dev.refrain.gpuworkers.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refrain.gpuworkers.engine.TorchDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a model folder holds and everything for which {@link ModelFolder#open} would refuse it.
 * Reads the small files and the headers of the large ones; loads no engine.
 *
 * @param folder the folder
 * @param family {@code model_type} of {@code config.json}, supported or not; null where it says
 *     none
 * @param config null where it is refused
 * @param weights null where their files are refused
 * @param tokens one more than the highest token id of {@code tokenizer.json}; null where it is
 *     refused
 * @param refusals empty for a folder that can be used
 */
public record ModelInspection(
    Path folder,
    @Nullable String family,
    @Nullable ModelConfig config,
    @Nullable StoredWeights weights,
    @Nullable Integer tokens,
    List<UnusableModelException> refusals) {

  public ModelInspection {
    refusals = List.copyOf(refusals);
  }

  /**
   * Looks into a folder.
   *
   * @throws UnusableModelException if there is no such folder
   */
  public static ModelInspection of(Path folder) {
    ModelFolder.requireFolder(folder);
    Refusals refusals = new Refusals();
    Optional<JsonFile> json = refusals.attempt(() -> JsonFile.read(folder.resolve("config.json")));
    Optional<ModelConfig> config = json.flatMap(file -> ConfigReader.read(file, folder, refusals));
    Optional<WeightFiles> weights = WeightFiles.open(folder, refusals);
    if (config.isPresent() && weights.isPresent()) {
      weights.get().check(folder, DecoderWeights.expected(config.get()), refusals);
    }
    Optional<Integer> tokens =
        refusals.attempt(() -> TokenizerSize.of(folder.resolve("tokenizer.json")));
    if (config.isPresent() && tokens.isPresent()) {
      refusals.check(() -> TokenizerSize.expect(folder, tokens.get(), config.get()));
    }
    return new ModelInspection(
        folder,
        json.map(file -> file.field("model_type")).map(JsonNode::asText).orElse(null),
        config.orElse(null),
        weights.map(files -> stored(files, config.orElse(null))).orElse(null),
        tokens.orElse(null),
        refusals.all());
  }

  /**
   * Memory for the loaded model; null where its configuration or its weights are refused.
   *
   * @throws IllegalArgumentException if the precision is not for the device
   */
  public @Nullable MemoryNeed memory(Precision precision, TorchDevice device) {
    return config == null || weights == null ? null : MemoryNeed.of(config, precision, device);
  }

  private static StoredWeights stored(WeightFiles files, @Nullable ModelConfig config) {
    List<StoredTensor> read =
        files.tensors().values().stream()
            .filter(tensor -> config == null || !DecoderWeights.ignores(tensor.name(), config))
            .toList();
    long parameters =
        read.stream()
            .mapToLong(tensor -> tensor.shape().stream().reduce(1L, Math::multiplyExact))
            .sum();
    TreeSet<String> types = new TreeSet<>();
    read.forEach(tensor -> types.add(tensor.type()));
    return new StoredWeights(
        parameters,
        List.copyOf(types),
        files.files().stream().mapToLong(ModelInspection::size).sum());
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UnusableModelException(
          file, "cannot be read: " + e.getMessage(), "check its permissions and its disk", e);
    }
  }
}
