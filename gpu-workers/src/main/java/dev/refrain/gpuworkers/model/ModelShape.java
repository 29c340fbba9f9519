package dev.refrain.gpuworkers.model;

import org.jspecify.annotations.Nullable;

/**
 * How large a model of any kind is, as its configuration states it.
 *
 * @param vocabularySize V, number of token ids
 * @param hiddenSize C, width of embeddings and hidden states
 * @param numLayers number of layers, of an encoder-decoder those of both
 * @param contextLength most positions of a sequence; null where there is no bound
 * @param cachePerToken bytes of keys and values of one token of one sequence, an input's as well as
 *     an output's where both are kept; 0 for an encoder, which keeps none
 */
public record ModelShape(
    int vocabularySize,
    int hiddenSize,
    int numLayers,
    @Nullable Integer contextLength,
    long cachePerToken) {

  static ModelShape of(ModelConfig config) {
    return new ModelShape(
        config.vocabularySize(),
        config.hiddenSize(),
        config.numLayers(),
        config.contextLength(),
        cachePerToken(config.numLayers(), config.numKvHeads(), config.headSize()));
  }

  static ModelShape of(Stack encoder) {
    Stack.Sizes sizes = encoder.sizes();
    return new ModelShape(
        sizes.vocabulary(), sizes.hidden(), sizes.layers(), bound(encoder.contextLength()), 0);
  }

  static ModelShape of(Seq2SeqConfig config) {
    Stack.Sizes decoder = config.decoder().sizes();
    return new ModelShape(
        decoder.vocabulary(),
        decoder.hidden(),
        config.encoder().sizes().layers() + decoder.layers(),
        bound(config.encoder().contextLength()),
        cachePerToken(decoder.layers(), decoder.heads(), decoder.head()));
  }

  private static @Nullable Integer bound(int contextLength) {
    return contextLength == Integer.MAX_VALUE ? null : contextLength;
  }

  private static long cachePerToken(int layers, int heads, int headSize) {
    return 2L * layers * heads * headSize * Float.BYTES;
  }
}
