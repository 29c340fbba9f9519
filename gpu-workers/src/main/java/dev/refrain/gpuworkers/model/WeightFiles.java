package dev.refrain.gpuworkers.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
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

  /**
   * What files must hold.
   *
   * @param weights what a program needs, each tensor in its shape
   * @param ignored which tensors there may be besides
   * @param kind what the weights are of
   */
  record Expected(List<DecoderWeights.Weight> weights, Predicate<String> ignored, String kind) {}

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

  /** As {@link #open}, but where it fails with every shard that cannot be read. */
  static Optional<WeightFiles> open(Path folder, Refusals refusals) {
    Optional<WeightFiles> files = refusals.attempt(() -> open(folder));
    Path index = folder.resolve(INDEX);
    if (files.isEmpty() && Files.exists(index) && !Files.exists(folder.resolve(SINGLE))) {
      refusals
          .attempt(() -> shards(folder, JsonFile.read(index)))
          .orElse(List.of())
          .forEach(shard -> refusals.check(() -> SafetensorsFile.open(shard)));
    }
    return files;
  }

  /** Checks that there is every expected tensor, in its shape, and no other. */
  void check(Path folder, Expected expected) {
    Refusals refusals = new Refusals();
    check(folder, expected, refusals);
    for (UnusableModelException first : refusals.all()) {
      throw first;
    }
  }

  /** The same with every tensor that is missing, has another shape, or is one too many. */
  void check(Path folder, Expected expected, Refusals refusals) {
    Map<String, StoredTensor> unread = new TreeMap<>(tensors);
    for (DecoderWeights.Weight weight : expected.weights()) {
      for (DecoderWeights.Part part : weight.parts()) {
        StoredTensor stored = find(part.name());
        if (stored == null) {
          refusals.add(missing(folder, part.name()));
        } else {
          unread.remove(stored.name());
          refusals.check(() -> stored.expect(part.shape()));
        }
      }
    }
    unread.keySet().removeIf(expected.ignored());
    unread.values().forEach(stored -> refusals.add(tooMany(stored, expected.kind())));
  }

  private static UnusableModelException missing(Path folder, String name) {
    return new UnusableModelException(
        folder,
        "tensor %s is missing from the safetensors files".formatted(name),
        "use config.json and weights of the same model");
  }

  private static UnusableModelException tooMany(StoredTensor stored, String kind) {
    return new UnusableModelException(
        stored.file(),
        "tensor %s is no part of %s".formatted(stored.name(), kind),
        "use config.json and weights of the same model");
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
    JsonNode weightMap = weightMap(index);
    List<Path> files = shards(folder, index);
    Map<String, StoredTensor> tensors = new HashMap<>();
    for (Path file : files) {
      for (StoredTensor tensor : SafetensorsFile.open(file).tensors().values()) {
        keep(tensors, tensor, weightMap, index);
      }
    }
    return new WeightFiles(files, Map.copyOf(tensors));
  }

  private static JsonNode weightMap(JsonFile index) {
    JsonNode weightMap = index.field("weight_map");
    if (weightMap == null || !weightMap.isObject() || weightMap.isEmpty()) {
      throw index.wrong("weight_map", weightMap, "an object of tensor names and file names");
    }
    return weightMap;
  }

  private static List<Path> shards(Path folder, JsonFile index) {
    NavigableSet<String> names = new TreeSet<>();
    for (Map.Entry<String, JsonNode> entry : weightMap(index).properties()) {
      names.add(fileName(index, entry));
    }
    return names.stream().map(folder::resolve).toList();
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
