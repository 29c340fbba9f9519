package dev.refrain.gpuworkers.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Set;

/**
 * Tells from a {@code tokenizer.json} whether no token can ever reach over a line break, so that
 * the tokens of a text are those of its lines. A merge of byte-pair encoding makes a token of the
 * vocabulary; where none of them holds a line break and more, no merge crosses one, and what
 * happens on one side of it does not depend on the other. That needs a text that is not cut by
 * patterns before (those of GPT-2, Llama 3 and Qwen look ahead over line breaks) and not changed
 * but for its spaces. So it holds for SentencePiece vocabularies such as Llama 2's. Whatever is not
 * known to be harmless counts as harmful. Stateless.
 */
final class LineBreaks {
  private static final String BYTE = "<0x0A>";
  private static final Set<String> NORMALIZERS = Set.of("Prepend", "Replace");

  private LineBreaks() {}

  /** Whether the tokenizer in a file treats each line alone. */
  static boolean separate(Path file) throws IOException {
    JsonNode root = new JsonMapper().readTree(file.toFile());
    JsonNode model = root.path("model");
    return isAbsent(root.path("pre_tokenizer"))
        && isPlain(model)
        && normalizesLinesAlike(root.path("normalizer"))
        && addsWordsOnly(root.path("added_tokens"))
        && hasLineBreaksAlone(model.path("vocab"), model.path("byte_fallback").asBoolean());
  }

  private static boolean isPlain(JsonNode model) {
    return model.path("type").asText().equals("BPE")
        && isAbsent(model.path("dropout"))
        && isAbsent(model.path("continuing_subword_prefix"))
        && isAbsent(model.path("end_of_word_suffix"));
  }

  /** Nothing, a first character put in front, or spaces replaced, or several of these. */
  private static boolean normalizesLinesAlike(JsonNode normalizer) {
    if (isAbsent(normalizer)) {
      return true;
    }
    if (normalizer.path("type").asText().equals("Sequence")) {
      return all(normalizer.path("normalizers"), LineBreaks::normalizesLinesAlike);
    }
    return NORMALIZERS.contains(normalizer.path("type").asText())
        && !normalizer.path("prepend").asText().contains("\n")
        && !normalizer.path("content").asText().contains("\n")
        && (normalizer.path("pattern").isMissingNode()
            || normalizer.path("pattern").path("String").asText().equals(" "));
  }

  /** Added tokens that hold no line break and swallow no white space around them. */
  private static boolean addsWordsOnly(JsonNode added) {
    return all(
        added,
        token ->
            !token.path("content").asText().contains("\n")
                && !token.path("lstrip").asBoolean()
                && !token.path("rstrip").asBoolean()
                && !token.path("single_word").asBoolean());
  }

  /** A line break is a token, or a byte that is one, and is part of no other. */
  private static boolean hasLineBreaksAlone(JsonNode vocabulary, boolean bytes) {
    Iterator<String> tokens = vocabulary.fieldNames();
    while (tokens.hasNext()) {
      String token = tokens.next();
      boolean mixed = token.contains("\n") && !token.equals("\n");
      if (mixed || (token.contains(BYTE) && !token.equals(BYTE))) {
        return false;
      }
    }
    return vocabulary.has("\n") || (bytes && vocabulary.has(BYTE));
  }

  private interface Condition {
    boolean holds(JsonNode node);
  }

  private static boolean all(JsonNode nodes, Condition condition) {
    for (JsonNode node : nodes) {
      if (!condition.holds(node)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAbsent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }
}
