package dev.refrain.connectors.house.tokenizer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Tokens in the order of their ids, and the merges that make them. It does not encode: it writes
 * the files with which the Hugging Face library does. Immutable.
 */
public final class BytePairVocabulary {
  private static final String TOKENIZER = "tokenizer.json";
  private static final String CONFIGURATION = "tokenizer_config.json";
  private static final String SPECIAL_TOKENS = "special_tokens_map.json";

  /** Names of the files that {@link #write} writes. */
  public static final List<String> FILES = List.of(TOKENIZER, CONFIGURATION, SPECIAL_TOKENS);

  private final List<String> tokens;
  private final List<Merge> merges;

  BytePairVocabulary(List<String> tokens, List<Merge> merges) {
    this.tokens = List.copyOf(tokens);
    this.merges = List.copyOf(merges);
  }

  /** Number of tokens. */
  public int size() {
    return tokens.size();
  }

  /** Id of the token that stands for what cannot be written; nothing is, since all bytes can. */
  public int unknownTokenId() {
    return 0;
  }

  /** Id of the token at the beginning of every text. */
  public int bosTokenId() {
    return 1;
  }

  /** Id of the token at the end of an answer. */
  public int eosTokenId() {
    return 2;
  }

  /**
   * Writes {@code tokenizer.json}, {@code tokenizer_config.json} and {@code
   * special_tokens_map.json}, in place of any that are there. Equal vocabularies give equal bytes.
   *
   * <p>A text comes back from its tokens exactly as it was, unless it holds "▁" (U+2581), which
   * comes back as a space, or spells a special token, which the library takes for one.
   *
   * @param folder made if it is not there
   * @throws IOException if a file cannot be written
   */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    TokenizerFiles files = new TokenizerFiles(tokens, merges);
    Files.writeString(folder.resolve(TOKENIZER), files.tokenizer());
    Files.writeString(folder.resolve(CONFIGURATION), files.configuration());
    Files.writeString(folder.resolve(SPECIAL_TOKENS), files.specialTokens());
  }
}
