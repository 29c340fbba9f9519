package dev.refrain.connectors.house.tokenizer;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Learns a vocabulary of byte pairs from texts: three special tokens, the 256 bytes, the characters
 * that the texts use, and then the pairs that occur most often. Stateless.
 *
 * <p>Source: arXiv:1508.07909 for the merges; bytes for what has no token as in SentencePiece's
 * {@code byte_fallback}.
 */
public final class BytePairTraining {
  /** Begins with the special tokens, in the order of their ids. */
  static final List<String> SPECIAL = List.of("<unk>", "<s>", "</s>");

  /** A character that is rarer than one in so many is written as its bytes. */
  private static final long RAREST_CHARACTER = 100_000;

  private static final int BYTES = 256;

  private BytePairTraining() {}

  /**
   * Learns a vocabulary. The same texts give the same vocabulary, in whatever order they come:
   * pairs that are equally frequent are merged in the order of their texts.
   *
   * @param texts counted as they come and not kept; closed by the caller
   * @param size tokens of the whole vocabulary, special tokens, bytes and characters included; at
   *     least {@link #smallest()}
   * @return a vocabulary of that size, or of less where no pair of tokens is left that occurs twice
   * @throws IllegalArgumentException if the size is out of range
   */
  public static BytePairVocabulary learn(Stream<String> texts, int size) {
    Symbols symbols = alphabet();
    if (size < symbols.size()) {
      throw new IllegalArgumentException(
          "size is %d, must be %d or more: special tokens, bytes and printable ASCII"
              .formatted(size, symbols.size()));
    }
    PieceCounts pieces = PieceCounts.of(texts);
    for (String character : pieces.characters(RAREST_CHARACTER)) {
      if (symbols.size() < size) {
        symbols.add(character);
      }
    }
    List<Merge> merges = new MergeLearner(symbols, pieces).learn(size);
    return new BytePairVocabulary(symbols.tokens(), merges);
  }

  /** The least size of a vocabulary: special tokens, bytes, printable ASCII and the line break. */
  public static int smallest() {
    return alphabet().size();
  }

  private static Symbols alphabet() {
    Symbols symbols = new Symbols();
    SPECIAL.forEach(symbols::add);
    IntStream.range(0, BYTES).mapToObj("<0x%02X>"::formatted).forEach(symbols::add);
    symbols.add(Pieces.SPACE);
    symbols.add("\n");
    IntStream.rangeClosed('!', '~').mapToObj(Character::toString).forEach(symbols::add);
    return symbols;
  }
}
