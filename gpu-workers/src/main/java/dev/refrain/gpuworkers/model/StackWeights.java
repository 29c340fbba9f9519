package dev.refrain.gpuworkers.model;

import dev.refrain.gpuworkers.model.DecoderWeights.Part;
import dev.refrain.gpuworkers.model.DecoderWeights.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The tensors of a stack: which slots its blocks have, of which shapes, and what fills them. */
final class StackWeights {
  private final Stack stack;
  private final long hidden;
  private final long inner;
  private final List<Weight> weights = new ArrayList<>();

  private StackWeights(Stack stack) {
    this.stack = stack;
    this.hidden = stack.sizes().hidden();
    this.inner = (long) stack.sizes().heads() * stack.sizes().head();
  }

  /** The weights of an encoder, the token embedding first. */
  static List<Weight> encoder(Stack stack) {
    StackWeights weights = new StackWeights(stack);
    weights.matrix(Slot.EMBEDDING, 0, stack.sizes().vocabulary(), weights.hidden);
    weights.addModel();
    for (int layer = 0; layer < stack.sizes().layers(); layer++) {
      weights.addLayer(layer);
    }
    return List.copyOf(weights.weights);
  }

  /**
   * The weights of a decoder that reads an encoder and has its token embedding.
   *
   * @param tied whether the token embedding is also the output matrix, which then is none of these
   */
  static List<Weight> reader(Stack stack, boolean tied) {
    StackWeights weights = new StackWeights(stack);
    if (!tied) {
      weights.matrix(Slot.OUTPUT, 0, stack.sizes().vocabulary(), weights.hidden);
    }
    weights.addModel();
    for (int layer = 0; layer < stack.sizes().layers(); layer++) {
      weights.addLayer(layer);
      weights.norm(Slot.CROSS_NORM, layer);
      weights.matrix(Slot.CROSS_QUERIES, layer, weights.inner, weights.hidden);
      weights.matrix(Slot.CROSS_KEYS_VALUES, layer, weights.inner, weights.hidden);
      weights.matrix(Slot.CROSS_OUTPUT, layer, weights.hidden, weights.inner);
    }
    return List.copyOf(weights.weights);
  }

  private void addModel() {
    switch (stack.positions()) {
      case Stack.Learned learned -> {
        matrix(Slot.POSITIONS, 0, learned.stored(), hidden);
        if (learned.segments() > 0) {
          matrix(Slot.SEGMENTS, 0, learned.segments(), hidden);
        }
        norm(Slot.EMBEDDING_NORM, 0);
      }
      case Stack.Relative relative ->
          matrix(Slot.RELATIVE_BIAS, 0, relative.buckets(), stack.sizes().heads());
    }
    if (!stack.normsAfter()) {
      norm(Slot.LAST_NORM, 0);
    }
  }

  private void addLayer(int layer) {
    long intermediate = stack.sizes().intermediate();
    norm(stack.normsAfter() ? Slot.AFTER_ATTENTION_NORM : Slot.ATTENTION_NORM, layer);
    product(Slot.QUERIES_KEYS_VALUES, Slot.QUERIES_KEYS_VALUES_BIAS, layer, inner, hidden);
    product(Slot.ATTENTION_OUTPUT, Slot.ATTENTION_OUTPUT_BIAS, layer, hidden, inner);
    norm(stack.normsAfter() ? Slot.AFTER_FEED_FORWARD_NORM : Slot.FEED_FORWARD_NORM, layer);
    if (stack.feedForward().gated()) {
      matrix(Slot.GATE_UP, layer, intermediate, hidden);
    } else {
      product(Slot.UP, Slot.UP_BIAS, layer, intermediate, hidden);
    }
    product(Slot.DOWN, Slot.DOWN_BIAS, layer, hidden, intermediate);
  }

  private void product(Slot slot, Slot bias, int layer, long rows, long columns) {
    matrix(slot, layer, rows, columns);
    if (stack.biased()) {
      add(bias, named(slot, layer, ".bias", rows));
    }
  }

  /** Of each stored tensor {@code rows} rows. */
  private void matrix(Slot slot, int layer, long rows, long columns) {
    add(slot, named(slot, layer, ".weight", rows, columns));
  }

  private void norm(Slot slot, int layer) {
    Stream<Part> weight = named(slot, layer, ".weight", hidden);
    boolean biased = stack.norm() == Architecture.Norm.LAYER;
    add(slot, biased ? Stream.concat(weight, named(slot, layer, ".bias", hidden)) : weight);
  }

  private Stream<Part> named(Slot slot, int layer, String suffix, Long... shape) {
    return stack.names().of(slot, layer).stream()
        .map(name -> new Part(name + suffix, List.of(shape)));
  }

  private void add(Slot slot, Stream<Part> parts) {
    weights.add(new Weight(slot, parts.toList(), false));
  }
}
