package dev.refrain.gpuworkers.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a decoder, its blocks and its special tokens, as {@code config.json} states them.
 *
 * @param vocabularySize V, number of token ids
 * @param hiddenSize C, width of embeddings and hidden states
 * @param intermediateSize F, width inside the feed-forward
 * @param numLayers number of decoder layers
 * @param numHeads H, query heads; a multiple of {@code numKvHeads}
 * @param numKvHeads K, key and value heads
 * @param headSize D, width of a head; even
 * @param contextLength most positions, prompt and new tokens together
 * @param tiedEmbeddings whether the token embedding is also the output matrix
 * @param bosTokenId begin-of-sequence token; null where the folder names none
 * @param eosTokenIds tokens that end generation; may be empty
 * @param architecture of which blocks it is made
 */
public record ModelConfig(
    int vocabularySize,
    int hiddenSize,
    int intermediateSize,
    int numLayers,
    int numHeads,
    int numKvHeads,
    int headSize,
    int contextLength,
    boolean tiedEmbeddings,
    @Nullable Integer bosTokenId,
    List<Integer> eosTokenIds,
    Architecture architecture) {

  public ModelConfig {
    eosTokenIds = List.copyOf(eosTokenIds);
    positive(vocabularySize, "vocabularySize");
    positive(hiddenSize, "hiddenSize");
    positive(intermediateSize, "intermediateSize");
    positive(numLayers, "numLayers");
    positive(numHeads, "numHeads");
    positive(numKvHeads, "numKvHeads");
    positive(headSize, "headSize");
    positive(contextLength, "contextLength");
    require(
        numHeads % numKvHeads == 0,
        "numHeads is %d, must be a multiple of numKvHeads %d".formatted(numHeads, numKvHeads));
    require(headSize % 2 == 0, "headSize is %d, must be even".formatted(headSize));
    if (architecture.positions() instanceof Architecture.Rotary rotary) {
      rotary.check(headSize);
    }
    if (bosTokenId != null) {
      token(bosTokenId, vocabularySize, "bosTokenId");
    }
    for (int eos : eosTokenIds) {
      token(eos, vocabularySize, "eosTokenIds");
    }
  }

  /**
   * Most positions of a sequence that the model reads as in its first training: fewer than {@link
   * #contextLength} where its rotary positions have factors of their own for longer sequences
   * (arXiv:2402.13753). What is computed of a prefix, as of a soft prompt, before it is known how
   * long its sequences get, holds up to here.
   */
  public int originalContext() {
    return architecture.positions() instanceof Architecture.Rotary rotary
            && rotary.scaling() instanceof RopeScaling.LongRope scaling
        ? Math.min(scaling.originalContext(), contextLength)
        : contextLength;
  }

  private static void positive(int value, String name) {
    require(value >= 1, "%s is %d, must be 1 or more".formatted(name, value));
  }

  private static void token(int id, int vocabularySize, String name) {
    require(
        id >= 0 && id < vocabularySize,
        "%s has %d, must be in [0, %d)".formatted(name, id, vocabularySize));
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
