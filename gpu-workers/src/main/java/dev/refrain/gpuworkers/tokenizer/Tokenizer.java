package dev.refrain.gpuworkers.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import dev.refrain.gpuworkers.model.ModelFolder;
import dev.refrain.gpuworkers.model.UnusableModelException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tokenizer of a model folder. Truncates only if it is told to, and never pads. Safe for use by
 * many threads. Holds native memory until it is closed.
 */
public final class Tokenizer implements AutoCloseable {
  private static final Map<String, String> WHOLE =
      Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "true");

  private final HuggingFaceTokenizer tokenizer;
  private final @Nullable Integer bosTokenId;
  private final boolean addsSpecialTokens;
  private final boolean addsBos;
  private final Path file;
  private final int vocabularySize;
  private final @Nullable LineCounts lines;
  private @Nullable TokenTrie trie;

  private Tokenizer(
      Path file,
      Map<String, String> options,
      int vocabularySize,
      @Nullable Integer bosTokenId,
      boolean addsSpecialTokens,
      boolean addsBos) {
    this.tokenizer = read(file, options);
    this.bosTokenId = bosTokenId;
    this.addsSpecialTokens = addsSpecialTokens;
    this.addsBos = addsBos;
    this.file = file;
    this.vocabularySize = vocabularySize;
    this.lines = treatsLinesAlone(file) ? new LineCounts(text -> encode(text).length) : null;
  }

  /**
   * Reads {@code tokenizer.json}, and from {@code tokenizer_config.json} whether texts begin with
   * the begin-of-sequence token.
   *
   * @return the tokenizer, which the caller closes
   * @throws UnusableModelException if the file holds no tokenizer
   */
  public static Tokenizer open(ModelFolder folder) {
    Integer bos = folder.config().bosTokenId();
    return new Tokenizer(
        folder.path().resolve("tokenizer.json"),
        WHOLE,
        folder.config().vocabularySize(),
        bos,
        folder.addsBosToken(true),
        folder.addsBosToken(false) && bos != null);
  }

  /**
   * Reads {@code tokenizer.json} for texts inside a sequence: {@link #encode} adds nothing.
   *
   * @return the tokenizer, which the caller closes
   * @throws UnusableModelException if the file holds no tokenizer
   */
  public static Tokenizer within(Path file) {
    return new Tokenizer(file, WHOLE, Integer.MAX_VALUE, null, false, false);
  }

  /**
   * Reads {@code tokenizer.json} for encoders: {@link #encode} puts around a text what the file
   * says, such as {@code [CLS]} and {@code [SEP]}, and cuts the text so that both fit.
   *
   * @param maxTokens most tokens of a text and of what is around it, 1 or more
   * @return the tokenizer, which the caller closes
   * @throws UnusableModelException if the file holds no tokenizer
   */
  public static Tokenizer framed(Path file, int maxTokens) {
    String most = Integer.toString(maxTokens);
    Map<String, String> options = new HashMap<>(WHOLE);
    options.putAll(Map.of("truncation", "true", "maxLength", most, "modelMaxLength", most));
    return new Tokenizer(file, options, Integer.MAX_VALUE, null, true, false);
  }

  private static HuggingFaceTokenizer read(Path file, Map<String, String> options) {
    try {
      return HuggingFaceTokenizer.newInstance(file, options);
    } catch (IOException | RuntimeException e) {
      throw unusable(file, e);
    }
  }

  private static boolean treatsLinesAlone(Path file) {
    try {
      return LineBreaks.separate(file);
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  private static UnusableModelException unusable(Path file, Exception cause) {
    return new UnusableModelException(
        file,
        "holds no usable tokenizer: " + cause.getMessage(),
        "download or copy the file again",
        cause);
  }

  /**
   * Token ids of a text that stands at the start of a sequence, with the begin-of-sequence token
   * once where the folder asks for one.
   */
  public int[] encode(String text) {
    long[] ids = ids(text);
    int[] tokens = Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
    if (bosTokenId == null) {
      return tokens;
    }
    int leading = 0;
    while (leading < tokens.length && tokens[leading] == bosTokenId) {
      leading++;
    }
    if (leading == 0 && addsBos) {
      return prepend(bosTokenId, tokens);
    }
    return leading > 1 ? Arrays.copyOfRange(tokens, leading - 1, tokens.length) : tokens;
  }

  /** Token ids of a text inside a sequence: nothing is added. */
  public int[] encodeWithin(String text) {
    long[] ids = tokenizer.encode(text, false, false).getIds();
    return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
  }

  /**
   * The ids only: an {@code Encoding} brings the texts and places of all tokens, at thrice the
   * cost.
   */
  private long[] ids(String text) {
    long encoding = TokenizersLibrary.LIB.encode(tokenizer.getHandle(), text, addsSpecialTokens);
    try {
      return TokenizersLibrary.LIB.getTokenIds(encoding);
    } finally {
      TokenizersLibrary.LIB.deleteEncoding(encoding);
    }
  }

  /**
   * Length of {@link #encode}: begin-of-sequence token included. Where the tokenizer treats each
   * line alone, a line that was counted before is not counted again.
   */
  public int count(String text) {
    return lines == null ? encode(text).length : lines.count(text);
  }

  /** Text of token ids; special tokens give none. Bytes that are no UTF-8 give U+FFFD. */
  public String decode(int[] tokenIds) {
    return tokenizer.decode(Arrays.stream(tokenIds).asLongStream().toArray(), true);
  }

  /**
   * The tokens by the bytes they write, without special tokens; read from the folder when it is
   * first asked for.
   *
   * @throws UnusableModelException if the folder's tokenizer is not of byte pairs
   */
  public synchronized TokenTrie trie() {
    if (trie == null) {
      trie = new TokenTrie(TokenBytes.read(file, vocabularySize));
    }
    return trie;
  }

  @Override
  public void close() {
    tokenizer.close();
  }

  private static int[] prepend(int first, int[] tokens) {
    int[] all = new int[tokens.length + 1];
    all[0] = first;
    System.arraycopy(tokens, 0, all, 1, tokens.length);
    return all;
  }
}
