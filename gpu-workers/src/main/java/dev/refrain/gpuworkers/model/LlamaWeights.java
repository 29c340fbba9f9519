package dev.refrain.gpuworkers.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The tensors of a Llama decoder as {@code LlamaForCausalLM} names them, in the order in which
 * {@link LlamaProgram} wants them: projections that read the same input are joined, row under row,
 * so that each is one matrix product.
 */
final class LlamaWeights {
  /** Where the program has the token embedding. */
  static final int EMBEDDING = 0;

  /** Where the program has the output matrix. */
  static final int OUTPUT = 2;

  /**
   * One matrix or vector of the program.
   *
   * @param parts the stored tensors it is joined from, top to bottom
   */
  record Weight(List<Part> parts) {
    /** Sizes of the whole, outermost first. */
    long[] shape() {
      List<Long> first = parts.getFirst().shape();
      long rows = parts.stream().mapToLong(part -> part.shape().getFirst()).sum();
      return first.size() == 1 ? new long[] {rows} : new long[] {rows, first.get(1)};
    }
  }

  /**
   * One stored tensor.
   *
   * @param name its name in the safetensors file
   * @param shape the sizes that the configuration asks for
   */
  record Part(String name, List<Long> shape) {}

  private LlamaWeights() {}

  /** Embedding, final norm, output matrix unless tied, then six a layer. */
  static List<Weight> of(ModelConfig config) {
    long c = config.hiddenSize();
    long v = config.vocabularySize();
    List<Weight> weights = new ArrayList<>();
    weights.add(matrix(part("model.embed_tokens.weight", v, c)));
    weights.add(matrix(part("model.norm.weight", c)));
    if (!config.tiedEmbeddings()) {
      weights.add(matrix(part("lm_head.weight", v, c)));
    }
    for (int layer = 0; layer < config.numLayers(); layer++) {
      weights.addAll(layer("model.layers." + layer + ".", config));
    }
    return weights;
  }

  /** Whether the program may leave a stored tensor unread. */
  static boolean ignores(String name, ModelConfig config) {
    return name.endsWith("rotary_emb.inv_freq")
        || (config.tiedEmbeddings() && name.equals("lm_head.weight"));
  }

  private static List<Weight> layer(String prefix, ModelConfig config) {
    long c = config.hiddenSize();
    long f = config.intermediateSize();
    long queries = (long) config.numHeads() * config.headSize();
    long keys = (long) config.numKvHeads() * config.headSize();
    return List.of(
        matrix(part(prefix + "input_layernorm.weight", c)),
        matrix(
            part(prefix + "self_attn.q_proj.weight", queries, c),
            part(prefix + "self_attn.k_proj.weight", keys, c),
            part(prefix + "self_attn.v_proj.weight", keys, c)),
        matrix(part(prefix + "self_attn.o_proj.weight", c, queries)),
        matrix(part(prefix + "post_attention_layernorm.weight", c)),
        matrix(
            part(prefix + "mlp.gate_proj.weight", f, c), part(prefix + "mlp.up_proj.weight", f, c)),
        matrix(part(prefix + "mlp.down_proj.weight", c, f)));
  }

  private static Weight matrix(Part... parts) {
    return new Weight(List.of(parts));
  }

  private static Part part(String name, Long... shape) {
    return new Part(name, Stream.of(shape).toList());
  }
}
