package dev.refrain.gpuworkers.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The safetensors files of a folder: {@code model.safetensors} alone, or the shards that {@code
 * model.safetensors.index.json} names. Reads headers only. Immutable.
 *
 * @param files the files, by name
 * @param tensors every tensor of every file, by name
 */
record WeightFiles(List<Path> files, Map<String, StoredTensor> tensors) {
  private static final String SINGLE = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";

  static WeightFiles open(Path folder) {
    Path single = folder.resolve(SINGLE);
    if (Files.exists(single)) {
      return new WeightFiles(List.of(single), SafetensorsFile.open(single).tensors());
    }
    Path index = folder.resolve(INDEX);
    if (Files.exists(index)) {
      return sharded(folder, JsonFile.read(index));
    }
    throw new UnusableModelException(
        folder,
        "has neither %s nor %s".formatted(SINGLE, INDEX),
        "weights must be safetensors; convert others with save_pretrained(safe_serialization=True)");
  }

  /** Checks that there is every tensor of the configuration, in its shape, and no other. */
  void check(Path folder, ModelConfig config) {
    check(
        folder,
        DecoderWeights.of(config),
        name -> DecoderWeights.ignores(name, config),
        "a decoder of type " + config.architecture().modelType());
  }

  /**
   * Checks that there is every tensor of some weights, in its shape, and no other.
   *
   * @param ignored which others there may be
   * @param kind what the weights are of
   */
  void check(
      Path folder, List<DecoderWeights.Weight> weights, Predicate<String> ignored, String kind) {
    Map<String, StoredTensor> unread = new TreeMap<>(tensors);
    for (DecoderWeights.Weight weight : weights) {
      for (DecoderWeights.Part part : weight.parts()) {
        StoredTensor stored = find(part.name());
        if (stored == null) {
          throw new UnusableModelException(
              folder,
              "tensor %s is missing from the safetensors files".formatted(part.name()),
              "use config.json and weights of the same model");
        }
        stored.expect(part.shape());
        unread.remove(stored.name());
      }
    }
    unread.keySet().removeIf(ignored);
    for (StoredTensor first : unread.values()) {
      throw new UnusableModelException(
          first.file(),
          "tensor %s is no part of %s".formatted(first.name(), kind),
          "use config.json and weights of the same model");
    }
  }

  /** A tensor that {@link #check} has found. */
  StoredTensor tensor(String name) {
    return Objects.requireNonNull(find(name), name);
  }

  /** Checkpoints of the bare model, as GPT-2's, lack the first part of each name. */
  private @Nullable StoredTensor find(String name) {
    StoredTensor stored = tensors.get(name);
    return stored == null ? tensors.get(name.substring(name.indexOf('.') + 1)) : stored;
  }

  private static WeightFiles sharded(Path folder, JsonFile index) {
    JsonNode weightMap = index.field("weight_map");
    if (weightMap == null || !weightMap.isObject() || weightMap.isEmpty()) {
      throw index.wrong("weight_map", weightMap, "an object of tensor names and file names");
    }
    NavigableSet<String> names = new TreeSet<>();
    for (Map.Entry<String, JsonNode> entry : weightMap.properties()) {
      names.add(fileName(index, entry));
    }
    List<Path> files = names.stream().map(folder::resolve).toList();
    Map<String, StoredTensor> tensors = new HashMap<>();
    for (Path file : files) {
      for (StoredTensor tensor : SafetensorsFile.open(file).tensors().values()) {
        keep(tensors, tensor, weightMap, index);
      }
    }
    return new WeightFiles(files, Map.copyOf(tensors));
  }

  private static void keep(
      Map<String, StoredTensor> tensors, StoredTensor tensor, JsonNode weightMap, JsonFile index) {
    String file = String.valueOf(tensor.file().getFileName());
    if (!weightMap.path(tensor.name()).asText().equals(file)) {
      throw new UnusableModelException(
          index.path(),
          "does not say that tensor %s is in %s".formatted(tensor.name(), file),
          "use index and shards of the same model");
    }
    tensors.put(tensor.name(), tensor);
  }

  private static String fileName(JsonFile index, Map.Entry<String, JsonNode> entry) {
    String name = entry.getValue().asText();
    if (!name.endsWith(".safetensors") || name.contains("/") || name.contains("\\")) {
      throw index.wrong(entry.getKey(), entry.getValue(), "a .safetensors file of the same folder");
    }
    return name;
  }
}
