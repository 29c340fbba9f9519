package dev.refrain.gpuworkers.model;

import dev.refrain.gpuworkers.model.Architecture.FeedForward;
import dev.refrain.gpuworkers.model.Architecture.Norm;

/**
 * One stack of layers, an encoder or a decoder that reads one: its sizes, and which variant of each
 * block of {@code encoder.torchscript} it has. One page a family fills it in, see {@link
 * EncoderFamily}.
 *
 * @param names what its tensors are called
 * @param sizes how large it is
 * @param norm how it norms
 * @param epsilon added to the mean square or variance before its root
 * @param normsAfter whether the sums after attention and feed-forward are normed (BERT), else what
 *     enters them and what leaves the last layer
 * @param biased whether its products have biases
 * @param positions how it tells positions apart
 * @param feedForward what stands between two attentions
 */
record Stack(
    TensorNames names,
    Sizes sizes,
    Norm norm,
    double epsilon,
    boolean normsAfter,
    boolean biased,
    Positions positions,
    FeedForward feedForward) {

  /**
   * How large a stack is.
   *
   * @param vocabulary V
   * @param hidden C
   * @param intermediate F
   * @param layers L
   * @param heads H
   * @param head D
   */
  record Sizes(int vocabulary, int hidden, int intermediate, int layers, int heads, int head) {
    Sizes withLayers(int others) {
      return new Sizes(vocabulary, hidden, intermediate, others, heads, head);
    }
  }

  /** How a stack tells positions apart. */
  sealed interface Positions permits Learned, Relative {}

  /**
   * A vector for each position, added to the input embeddings.
   *
   * @param stored how many there are
   * @param first which is the first position's
   * @param segments how many vectors for segments there are, of which the first is added too
   */
  record Learned(int stored, int first, int segments) implements Positions {}

  /**
   * An addend to the scores of each head for each distance, in buckets (arXiv:1910.10683); scores
   * are not divided by the root of the head size.
   *
   * @param buckets how many there are
   * @param maxDistance from which on distances share the last one
   */
  record Relative(int buckets, int maxDistance) implements Positions {}

  /** Most positions of a sequence; {@link Integer#MAX_VALUE} where there is no bound. */
  int contextLength() {
    return switch (positions) {
      case Learned learned -> learned.stored() - learned.first();
      case Relative relative -> Integer.MAX_VALUE;
    };
  }
}
