package dev.refrain.gpuworkers.model;

import java.util.List;

/**
 * An encoder-decoder as {@code config.json} states it.
 *
 * @param encoder reads the input
 * @param decoder writes the output while it reads what the encoder left
 * @param tied whether the token embedding, divided by the root of its width, is also the output
 *     matrix
 * @param startTokenId stands before every output
 * @param eosTokenIds tokens that end an output; may be empty
 */
record Seq2SeqConfig(
    Stack encoder, Stack decoder, boolean tied, int startTokenId, List<Integer> eosTokenIds) {
  Seq2SeqConfig {
    eosTokenIds = List.copyOf(eosTokenIds);
  }
}
