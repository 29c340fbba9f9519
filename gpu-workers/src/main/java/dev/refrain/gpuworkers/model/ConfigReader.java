package dev.refrain.gpuworkers.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code config.json} and, where it is there, {@code generation_config.json}. Refuses
 * whatever the program of {@link LlamaProgram} would compute differently from the model's authors.
 */
final class ConfigReader {
  private static final String SUPPORTED =
      "supported is model_type \"llama\" (Llama 2 and 3 shapes) and Refrain's own";

  private ConfigReader() {}

  static ModelConfig read(Path folder) {
    return read(JsonFile.read(folder.resolve("config.json")), folder);
  }

  /**
   * As {@link #read(Path)}, but where it fails with everything that is refused: the configuration
   * is read again without each field that was.
   */
  static Optional<ModelConfig> read(JsonFile config, Path folder, Refusals refusals) {
    JsonFile rest = config;
    boolean refused = false;
    while (true) {
      try {
        ModelConfig read = read(rest, folder);
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

  private static ModelConfig read(JsonFile config, Path folder) {
    refuseOtherArchitectures(config);
    int hiddenSize = config.size("hidden_size");
    int numHeads = config.size("num_attention_heads");
    int headSize = config.size("head_dim", hiddenSize / numHeads);
    if (config.field("head_dim") == null && hiddenSize % numHeads != 0) {
      throw config.wrong(
          "hidden_size",
          config.field("hidden_size"),
          "a multiple of num_attention_heads " + numHeads);
    }
    try {
      return new ModelConfig(
          config.size("vocab_size"),
          hiddenSize,
          config.size("intermediate_size"),
          config.size("num_hidden_layers"),
          numHeads,
          config.size("num_key_value_heads", numHeads),
          headSize,
          config.size("max_position_embeddings", 2048),
          config.positive("rms_norm_eps", 1e-6),
          ropeTheta(config),
          smeared(config) ? config.positive("key_smear", 1) : 0,
          config.flag("tie_word_embeddings", false),
          bosTokenId(config),
          eosTokenIds(config, folder.resolve("generation_config.json")));
    } catch (IllegalArgumentException e) {
      throw new UnusableModelException(
          config.path(),
          String.valueOf(e.getMessage()),
          "correct the field or fetch the file again",
          e);
    }
  }

  private static void refuseOtherArchitectures(JsonFile config) {
    JsonNode type = config.field("model_type");
    if (type == null || !(type.asText().equals("llama") || smeared(config))) {
      throw UnusableModelException.ofField(
          config.path(),
          "model_type",
          "model_type is " + (type == null ? "absent" : type),
          SUPPORTED);
    }
    refuse(config, "attention_bias", config.flag("attention_bias", false));
    refuse(config, "mlp_bias", config.flag("mlp_bias", false));
    refuse(config, "quantization_config", config.field("quantization_config") != null);
    refuse(config, "partial_rotary_factor", config.positive("partial_rotary_factor", 1) != 1);
    JsonNode activation = config.field("hidden_act");
    refuse(config, "hidden_act", activation != null && !activation.asText().equals("silu"));
    refuse(config, "rope_scaling", scalesRope(config.field("rope_scaling")));
    refuse(config, "rope_parameters", scalesRope(config.field("rope_parameters")));
  }

  private static boolean smeared(JsonFile config) {
    JsonNode type = config.field("model_type");
    return type != null && type.asText().equals(ModelConfig.SMEARED);
  }

  private static void refuse(JsonFile config, String field, boolean refused) {
    if (refused) {
      throw UnusableModelException.ofField(
          config.path(),
          field,
          "%s is %s, which is not supported".formatted(field, config.field(field)),
          "supported are Llama decoders with silu, without biases, quantization or scaled rotary"
              + " positions");
    }
  }

  private static boolean scalesRope(@Nullable JsonNode rope) {
    if (rope == null) {
      return false;
    }
    JsonNode type = rope.has("rope_type") ? rope.get("rope_type") : rope.get("type");
    return type == null || !type.asText().equals("default");
  }

  /** Transformers 5 keeps the base inside {@code rope_parameters}, earlier ones beside it. */
  private static double ropeTheta(JsonFile config) {
    JsonNode parameters = config.field("rope_parameters");
    JsonFile holder =
        parameters != null && parameters.has("rope_theta")
            ? new JsonFile(config.path(), parameters)
            : config;
    return holder.positive("rope_theta", 10000);
  }

  private static @Nullable Integer bosTokenId(JsonFile config) {
    List<Integer> ids = tokenIds(config, "bos_token_id");
    return ids.isEmpty() ? null : ids.getFirst();
  }

  private static List<Integer> eosTokenIds(JsonFile config, Path generationConfig) {
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
