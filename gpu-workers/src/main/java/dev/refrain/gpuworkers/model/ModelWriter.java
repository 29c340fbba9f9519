package dev.refrain.gpuworkers.model;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.refrain.gpuworkers.model.Architecture.Rotary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes a model that was trained here as a Hugging Face folder, its tokenizer aside. Stateless.
 */
public final class ModelWriter {
  private static final List<String> TRAINED_HERE =
      List.of(Llama.MODEL_TYPE, SmearedLlama.MODEL_TYPE);

  private ModelWriter() {}

  /**
   * Writes {@code config.json} and {@code model.safetensors}, the numbers rounded to BF16.
   *
   * @param folder made if it is not there
   * @throws IOException if a file cannot be written
   * @throws IllegalArgumentException if the model is not of a kind that is trained here
   */
  public static void write(DecoderModel model, Path folder) throws IOException {
    String config =
        JsonMapper.builder()
            .build()
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(config(model.config()));
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("config.json"), config + "\n");
    SafetensorsWriter weights =
        new SafetensorsWriter(SafetensorsWriter.Precision.BF16).metadata("format", "pt");
    model.store(weights);
    weights.write(folder.resolve("model.safetensors"));
  }

  private static Rotary rotary(Architecture architecture) {
    if (TRAINED_HERE.contains(architecture.modelType())
        && architecture.positions() instanceof Rotary rotary
        && rotary.scaling() instanceof RopeScaling.None) {
      return rotary;
    }
    throw new IllegalArgumentException(
        "a model of type %s cannot be written, only %s with unscaled rotary positions"
            .formatted(architecture.modelType(), TRAINED_HERE));
  }

  private static ObjectNode config(ModelConfig config) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    Architecture architecture = config.architecture();
    if (architecture.attention().keySmear() > 0) {
      root.put("model_type", SmearedLlama.MODEL_TYPE);
      root.put("key_smear", architecture.attention().keySmear());
    } else {
      root.putArray("architectures").add("LlamaForCausalLM");
      root.put("model_type", Llama.MODEL_TYPE);
    }
    root.put("vocab_size", config.vocabularySize());
    root.put("hidden_size", config.hiddenSize());
    root.put("intermediate_size", config.intermediateSize());
    root.put("num_hidden_layers", config.numLayers());
    root.put("num_attention_heads", config.numHeads());
    root.put("num_key_value_heads", config.numKvHeads());
    root.put("head_dim", config.headSize());
    root.put("max_position_embeddings", config.contextLength());
    root.put("rms_norm_eps", architecture.norms().epsilon());
    root.put("rope_theta", rotary(architecture).theta());
    root.put("hidden_act", "silu");
    root.put("attention_bias", false);
    root.put("mlp_bias", false);
    root.put("tie_word_embeddings", config.tiedEmbeddings());
    if (config.bosTokenId() != null) {
      root.put("bos_token_id", config.bosTokenId());
    }
    if (config.eosTokenIds().size() == 1) {
      root.put("eos_token_id", config.eosTokenIds().getFirst());
    } else if (!config.eosTokenIds().isEmpty()) {
      config.eosTokenIds().forEach(root.putArray("eos_token_id")::add);
    }
    root.put("torch_dtype", "bfloat16");
    return root;
  }
}
