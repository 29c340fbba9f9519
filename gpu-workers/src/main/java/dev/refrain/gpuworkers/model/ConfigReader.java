package dev.refrain.gpuworkers.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code config.json} and, where it is there, {@code generation_config.json}. Refuses
 * whatever the program would compute differently from the model's authors.
 */
final class ConfigReader {
  private ConfigReader() {}

  static ModelConfig read(Path folder) {
    return read(JsonFile.read(folder.resolve("config.json")), folder);
  }

  /**
   * Reads a configuration of any kind of model, and where that fails finds everything for which it
   * is refused: it is read again without each field that was.
   */
  static <T> Optional<T> read(JsonFile config, Function<JsonFile, T> reader, Refusals refusals) {
    JsonFile rest = config;
    boolean refused = false;
    while (true) {
      try {
        T read = reader.apply(rest);
        return refused ? Optional.empty() : Optional.of(read);
      } catch (UnusableModelException e) {
        refused = true;
        String field = e.field();
        if (field == null || rest.field(field) == null) {
          if (field == null || config.field(field) == null) {
            refusals.add(e);
          }
          return Optional.empty();
        }
        refusals.add(e);
        rest = rest.without(field);
      }
    }
  }

  static ModelConfig read(JsonFile config, Path folder) {
    DecoderFamily family = DecoderFamilies.of(config);
    refuseQuantization(config);
    try {
      return read(config, family, folder.resolve("generation_config.json"));
    } catch (IllegalArgumentException e) {
      throw new UnusableModelException(
          config.path(),
          String.valueOf(e.getMessage()),
          "correct the field or fetch the file again",
          e);
    }
  }

  private static ModelConfig read(JsonFile config, DecoderFamily family, Path generationConfig) {
    Architecture architecture = family.architecture(config);
    SizeNames names = family.sizeNames();
    int numHeads = config.size(names.numHeads());
    return new ModelConfig(
        config.size("vocab_size"),
        config.size(names.hiddenSize()),
        family.intermediateSize(config),
        config.size(names.numLayers()),
        numHeads,
        config.size("num_key_value_heads", numHeads),
        config.field("head_dim") == null
            ? config.headSize(names.hiddenSize(), numHeads)
            : config.size("head_dim"),
        config.size(names.contextLength(), 2048),
        config.flag("tie_word_embeddings", family.tiesEmbeddings()),
        bosTokenId(config),
        eosTokenIds(config, generationConfig),
        architecture);
  }

  static void refuseQuantization(JsonFile config) {
    JsonNode quantization = config.field("quantization_config");
    if (quantization != null) {
      throw UnusableModelException.ofField(
          config.path(),
          "quantization_config",
          "quantization_config is %s, which is not supported".formatted(quantization),
          "use the model's weights in F32, F16 or BF16");
    }
  }

  private static @Nullable Integer bosTokenId(JsonFile config) {
    List<Integer> ids = tokenIds(config, "bos_token_id");
    return ids.isEmpty() ? null : ids.getFirst();
  }

  /** Tokens that end a sequence, as configuration and, where it is there, generation say. */
  static List<Integer> eosTokenIds(JsonFile config, Path generationConfig) {
    SequencedSet<Integer> ids = new LinkedHashSet<>(tokenIds(config, "eos_token_id"));
    if (Files.exists(generationConfig)) {
      ids.addAll(tokenIds(JsonFile.read(generationConfig), "eos_token_id"));
    }
    return List.copyOf(ids);
  }

  /** A token id or a list of them; empty where the field is absent. */
  private static List<Integer> tokenIds(JsonFile file, String name) {
    JsonNode value = file.field(name);
    if (value == null) {
      return List.of();
    }
    List<Integer> ids = new ArrayList<>();
    for (JsonNode id : value.isArray() ? value : List.of(value)) {
      if (!id.isInt()) {
        throw file.wrong(name, value, "a token id or a list of token ids");
      }
      ids.add(id.intValue());
    }
    return ids;
  }
}
