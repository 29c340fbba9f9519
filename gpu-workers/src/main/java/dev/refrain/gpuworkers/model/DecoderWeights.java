package dev.refrain.gpuworkers.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The tensors of a decoder: which slots its blocks have, of which shapes, and what fills them. */
final class DecoderWeights {
  /** Buffers that older checkpoints hold beside the weights. */
  private static final List<String> BUFFERS =
      List.of("rotary_emb.inv_freq", ".attn.bias", ".attn.masked_bias");

  /**
   * One matrix or vector of the program.
   *
   * @param slot where the program has it
   * @param parts the stored tensors it is joined from, top to bottom; none where it is the token
   *     embedding again
   * @param transposed whether its only part is stored columns first
   */
  record Weight(Slot slot, List<Part> parts, boolean transposed) {
    /** Sizes of the whole, outermost first. */
    long[] shape() {
      List<Long> first = parts.getFirst().shape();
      long rows = parts.stream().mapToLong(part -> part.shape().getFirst()).sum();
      if (first.size() == 1) {
        return new long[] {rows};
      }
      return transposed ? new long[] {first.get(1), rows} : new long[] {rows, first.get(1)};
    }

    /** How many numbers the whole has. */
    long size() {
      return LongStream.of(shape()).reduce(1, Math::multiplyExact);
    }

    /** Whether the token embedding stands here too. */
    boolean tied() {
      return parts.isEmpty();
    }
  }

  /**
   * One stored tensor.
   *
   * @param name its name in the safetensors file
   * @param shape the sizes that the configuration asks for
   */
  record Part(String name, List<Long> shape) {}

  private final ModelConfig config;
  private final Architecture architecture;
  private final List<Weight> weights = new ArrayList<>();

  private DecoderWeights(ModelConfig config) {
    this.config = config;
    this.architecture = config.architecture();
  }

  /** The model's own weights, then those of each layer. */
  static List<Weight> of(ModelConfig config) {
    DecoderWeights weights = new DecoderWeights(config);
    weights.addModel();
    IntStream.range(0, config.numLayers()).forEach(weights::addLayer);
    return List.copyOf(weights.weights);
  }

  /** What the files of such a decoder must hold. */
  static WeightFiles.Expected expected(ModelConfig config) {
    return new WeightFiles.Expected(
        of(config),
        name -> ignores(name, config),
        "a decoder of type " + config.architecture().modelType());
  }

  /** Whether the program may leave a stored tensor unread. */
  static boolean ignores(String name, ModelConfig config) {
    return BUFFERS.stream().anyMatch(name::endsWith)
        || (config.tiedEmbeddings() && name.equals("lm_head.weight"));
  }

  private void addModel() {
    long c = config.hiddenSize();
    long v = config.vocabularySize();
    matrix(Slot.EMBEDDING, 0, c, v);
    if (architecture.positions() instanceof Architecture.Learned) {
      matrix(Slot.POSITIONS, 0, c, config.contextLength());
    }
    norm(Slot.LAST_NORM, 0, c);
    if (config.tiedEmbeddings()) {
      weights.add(new Weight(Slot.OUTPUT, List.of(), false));
    } else {
      matrix(Slot.OUTPUT, 0, c, v);
    }
  }

  private void addLayer(int layer) {
    long c = config.hiddenSize();
    long queries = (long) config.numHeads() * config.headSize();
    long keys = (long) config.numKvHeads() * config.headSize();
    norm(Slot.ATTENTION_NORM, layer, c);
    layerMatrix(Slot.QUERIES_KEYS_VALUES, layer, c, queries, keys, keys);
    if (architecture.attention().inputBias()) {
      bias(Slot.QUERIES_KEYS_VALUES_BIAS, Slot.QUERIES_KEYS_VALUES, layer, queries, keys, keys);
    }
    if (architecture.norms().heads()) {
      norm(Slot.QUERY_NORM, layer, config.headSize());
      norm(Slot.KEY_NORM, layer, config.headSize());
    }
    layerMatrix(Slot.ATTENTION_OUTPUT, layer, queries, c);
    if (architecture.attention().outputBias()) {
      bias(Slot.ATTENTION_OUTPUT_BIAS, Slot.ATTENTION_OUTPUT, layer, c);
    }
    if (architecture.norms().after()) {
      norm(Slot.AFTER_ATTENTION_NORM, layer, c);
    }
    norm(Slot.FEED_FORWARD_NORM, layer, c);
    addFeedForward(layer, c, config.intermediateSize());
    if (architecture.norms().after()) {
      norm(Slot.AFTER_FEED_FORWARD_NORM, layer, c);
    }
  }

  private void addFeedForward(int layer, long c, long f) {
    if (architecture.feedForward().gated()) {
      layerMatrix(Slot.GATE_UP, layer, c, f, f);
      layerMatrix(Slot.DOWN, layer, f, c);
    } else {
      layerMatrix(Slot.UP, layer, c, f);
      bias(Slot.UP_BIAS, Slot.UP, layer, f);
      layerMatrix(Slot.DOWN, layer, f, c);
      bias(Slot.DOWN_BIAS, Slot.DOWN, layer, c);
    }
  }

  private void norm(Slot slot, int layer, long size) {
    String name = architecture.names().of(slot, layer).getFirst();
    Part weight = new Part(name + ".weight", List.of(size));
    boolean biased = architecture.norms().kind() == Architecture.Norm.LAYER;
    Part bias = new Part(name + ".bias", List.of(size));
    weights.add(new Weight(slot, biased ? List.of(weight, bias) : List.of(weight), false));
  }

  private void matrix(Slot slot, int layer, long columns, long... rows) {
    weights.add(new Weight(slot, parts(slot, ".weight", layer, rows, columns), false));
  }

  private void layerMatrix(Slot slot, int layer, long columns, long... rows) {
    if (architecture.names().transposed()) {
      String name = architecture.names().of(slot, layer).getFirst() + ".weight";
      Part part = new Part(name, List.of(columns, LongStream.of(rows).sum()));
      weights.add(new Weight(slot, List.of(part), true));
    } else {
      matrix(slot, layer, columns, rows);
    }
  }

  private void bias(Slot slot, Slot matrix, int layer, long... sizes) {
    weights.add(new Weight(slot, parts(matrix, ".bias", layer, sizes), false));
  }

  /** One part for each projection, or a single one where the family stores them joined. */
  private List<Part> parts(Slot slot, String suffix, int layer, long[] rows, long... columns) {
    List<String> names = architecture.names().of(slot, layer);
    long[] sizes = names.size() == 1 ? new long[] {LongStream.of(rows).sum()} : rows;
    return IntStream.range(0, sizes.length)
        .mapToObj(
            i ->
                new Part(
                    names.get(i) + suffix,
                    LongStream.concat(LongStream.of(sizes[i]), LongStream.of(columns))
                        .boxed()
                        .toList()))
        .toList();
  }
}
