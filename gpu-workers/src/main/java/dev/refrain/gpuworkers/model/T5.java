package dev.refrain.gpuworkers.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refrain.gpuworkers.model.Architecture.Activation;
import dev.refrain.gpuworkers.model.Architecture.FeedForward;
import dev.refrain.gpuworkers.model.Architecture.Norm;
import java.util.List;
import java.util.Map;

/**
 * T5 (arXiv:1910.10683), 1.0 with relu and 1.1, as Flan-T5, with a gate (arXiv:2002.05202): root
 * mean square norms before attention and feed-forward, no biases, relative positions that only the
 * first layer stores. An encoder, and with the decoder that reads it an encoder-decoder.
 */
final class T5 implements EncoderFamily {
  static final T5 INSTANCE = new T5();

  /** What older checkpoints hold twice or in vain. */
  private static final List<String> SUPERFLUOUS =
      List.of(
          "encoder.embed_tokens.weight",
          "decoder.embed_tokens.weight",
          "decoder.block.0.layer.1.EncDecAttention.relative_attention_bias.weight");

  private T5() {}

  @Override
  public String modelType() {
    return "t5";
  }

  @Override
  public Stack encoder(JsonFile config) {
    boolean gated = gated(config);
    return new Stack(
        names("encoder", 1, gated),
        new Stack.Sizes(
            config.size("vocab_size"),
            config.size("d_model"),
            config.size("d_ff"),
            config.size("num_layers"),
            config.size("num_heads"),
            config.size("d_kv")),
        Norm.RMS,
        config.positive("layer_norm_epsilon", 1e-6),
        false,
        false,
        relative(config),
        new FeedForward(gated, gated ? Activation.GELU_TANH : Activation.RELU));
  }

  @Override
  public boolean ignores(String tensor) {
    return tensor.startsWith("decoder.")
        || tensor.equals("lm_head.weight")
        || SUPERFLUOUS.contains(tensor);
  }

  /** The encoder and the decoder that reads it. */
  Seq2SeqConfig encoderDecoder(JsonFile config, List<Integer> eosTokenIds) {
    Stack encoder = encoder(config);
    Stack decoder =
        new Stack(
            names("decoder", 2, encoder.feedForward().gated()),
            encoder.sizes().withLayers(config.size("num_decoder_layers", encoder.sizes().layers())),
            encoder.norm(),
            encoder.epsilon(),
            encoder.normsAfter(),
            encoder.biased(),
            encoder.positions(),
            encoder.feedForward());
    return new Seq2SeqConfig(
        encoder,
        decoder,
        config.flag("tie_word_embeddings", true),
        config.count("decoder_start_token_id", config.count("pad_token_id", 0)),
        eosTokenIds);
  }

  /** Whether the encoder-decoder may leave a stored tensor unread. */
  static boolean ignores(String tensor, Seq2SeqConfig config) {
    return SUPERFLUOUS.contains(tensor) || (config.tied() && tensor.equals("lm_head.weight"));
  }

  private static boolean gated(JsonFile config) {
    JsonNode kind = config.field("feed_forward_proj");
    String name = kind == null ? "relu" : kind.asText();
    return switch (name) {
      case "relu" -> false;
      case "gated-gelu" -> true;
      default -> throw config.wrong("feed_forward_proj", kind, "relu or gated-gelu");
    };
  }

  private static Stack.Relative relative(JsonFile config) {
    int buckets = config.size("relative_attention_num_buckets", 32);
    int maxDistance = config.size("relative_attention_max_distance", 128);
    if (buckets < 4 || buckets % 4 != 0) {
      throw config.wrong(
          "relative_attention_num_buckets",
          config.field("relative_attention_num_buckets"),
          "a multiple of 4");
    }
    if (maxDistance <= buckets / 2) {
      throw config.wrong(
          "relative_attention_max_distance",
          config.field("relative_attention_max_distance"),
          "more than half of the %d buckets".formatted(buckets));
    }
    return new Stack.Relative(buckets, maxDistance);
  }

  /**
   * Names of one stack.
   *
   * @param feedForward which sublayer of a block is its feed-forward
   */
  private static TensorNames names(String stack, int feedForward, boolean gated) {
    String self = stack + ".block.*.layer.0.";
    String cross = stack + ".block.*.layer.1.";
    String last = stack + ".block.*.layer." + feedForward + ".";
    TensorNames names =
        new TensorNames(Map.of(), false)
            .with(Slot.EMBEDDING, "shared")
            .with(Slot.OUTPUT, "lm_head")
            .with(Slot.RELATIVE_BIAS, self + "SelfAttention.relative_attention_bias")
            .with(Slot.LAST_NORM, stack + ".final_layer_norm")
            .with(Slot.ATTENTION_NORM, self + "layer_norm")
            .with(
                Slot.QUERIES_KEYS_VALUES,
                self + "SelfAttention.q",
                self + "SelfAttention.k",
                self + "SelfAttention.v")
            .with(Slot.ATTENTION_OUTPUT, self + "SelfAttention.o")
            .with(Slot.CROSS_NORM, cross + "layer_norm")
            .with(Slot.CROSS_QUERIES, cross + "EncDecAttention.q")
            .with(Slot.CROSS_KEYS_VALUES, cross + "EncDecAttention.k", cross + "EncDecAttention.v")
            .with(Slot.CROSS_OUTPUT, cross + "EncDecAttention.o")
            .with(Slot.FEED_FORWARD_NORM, last + "layer_norm")
            .with(Slot.DOWN, last + "DenseReluDense.wo");
    return gated
        ? names.with(Slot.GATE_UP, last + "DenseReluDense.wi_0", last + "DenseReluDense.wi_1")
        : names.with(Slot.UP, last + "DenseReluDense.wi");
  }
}
