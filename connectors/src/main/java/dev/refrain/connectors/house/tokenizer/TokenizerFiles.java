package dev.refrain.connectors.house.tokenizer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The JSON of a byte-pair tokenizer with byte fallback, as the {@code tokenizers} library reads it.
 * Immutable.
 *
 * <p>A text is normalised (a space becomes "▁"), split ({@link Pieces#REGEX}), merged, and gets
 * {@code <s>} in front; decoding undoes it.
 */
final class TokenizerFiles {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");
  private static final String UNK = BytePairTraining.SPECIAL.get(0);
  private static final String BOS = BytePairTraining.SPECIAL.get(1);
  private static final String EOS = BytePairTraining.SPECIAL.get(2);

  private final List<String> tokens;
  private final List<Merge> merges;

  TokenizerFiles(List<String> tokens, List<Merge> merges) {
    this.tokens = tokens;
    this.merges = merges;
  }

  /** {@code tokenizer.json}. */
  String tokenizer() {
    ObjectNode root = JSON.objectNode();
    root.put("version", "1.0");
    root.putNull("truncation");
    root.putNull("padding");
    ArrayNode added = root.putArray("added_tokens");
    BytePairTraining.SPECIAL.forEach(special -> added.add(addedToken(special)));
    root.set("normalizer", replace(" ", Pieces.SPACE));
    root.set("pre_tokenizer", split());
    root.set("post_processor", startWithBos());
    root.set("decoder", decoder());
    root.set("model", model());
    return text(root);
  }

  /** {@code tokenizer_config.json}. */
  String configuration() {
    ObjectNode root = specialTokenNames();
    root.put("add_bos_token", true);
    root.put("add_eos_token", false);
    root.put("clean_up_tokenization_spaces", false);
    root.put("tokenizer_class", "PreTrainedTokenizerFast");
    return text(root);
  }

  /** {@code special_tokens_map.json}. */
  String specialTokens() {
    return text(specialTokenNames());
  }

  private static ObjectNode specialTokenNames() {
    return JSON.objectNode().put("bos_token", BOS).put("eos_token", EOS).put("unk_token", UNK);
  }

  private ObjectNode addedToken(String special) {
    return JSON.objectNode()
        .put("id", tokens.indexOf(special))
        .put("content", special)
        .put("single_word", false)
        .put("lstrip", false)
        .put("rstrip", false)
        .put("normalized", false)
        .put("special", true);
  }

  private static ObjectNode split() {
    ObjectNode split = JSON.objectNode().put("type", "Split");
    split.putObject("pattern").put("Regex", Pieces.REGEX);
    return split.put("behavior", "Isolated").put("invert", false);
  }

  private static ObjectNode replace(String from, String to) {
    ObjectNode replace = JSON.objectNode().put("type", "Replace");
    replace.putObject("pattern").put("String", from);
    return replace.put("content", to);
  }

  private ObjectNode startWithBos() {
    ObjectNode processor = JSON.objectNode().put("type", "TemplateProcessing");
    processor.putArray("single").add(part("SpecialToken", BOS, 0)).add(part("Sequence", "A", 0));
    processor
        .putArray("pair")
        .add(part("SpecialToken", BOS, 0))
        .add(part("Sequence", "A", 0))
        .add(part("Sequence", "B", 1));
    ObjectNode bos = processor.putObject("special_tokens").putObject(BOS).put("id", BOS);
    bos.putArray("ids").add(tokens.indexOf(BOS));
    bos.putArray("tokens").add(BOS);
    return processor;
  }

  private static ObjectNode part(String kind, String id, int type) {
    ObjectNode part = JSON.objectNode();
    part.putObject(kind).put("id", id).put("type_id", type);
    return part;
  }

  private static ObjectNode decoder() {
    ObjectNode decoder = JSON.objectNode().put("type", "Sequence");
    decoder
        .putArray("decoders")
        .add(replace(Pieces.SPACE, " "))
        .add(JSON.objectNode().put("type", "ByteFallback"))
        .add(JSON.objectNode().put("type", "Fuse"));
    return decoder;
  }

  private ObjectNode model() {
    ObjectNode model = JSON.objectNode().put("type", "BPE");
    model.putNull("dropout");
    model.put("unk_token", UNK);
    model.putNull("continuing_subword_prefix");
    model.putNull("end_of_word_suffix");
    model.put("fuse_unk", false).put("byte_fallback", true).put("ignore_merges", false);
    ObjectNode vocabulary = model.putObject("vocab");
    for (int id = 0; id < tokens.size(); id++) {
      vocabulary.put(tokens.get(id), id);
    }
    // "left right" rather than an array of two: every version of the library reads it.
    ArrayNode written = model.putArray("merges");
    merges.forEach(merge -> written.add(merge.left() + " " + merge.right()));
    return model;
  }

  private static String text(ObjectNode root) {
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(INDENT);
    printer.indentArraysWith(INDENT);
    try {
      return JsonMapper.builder().build().writer(printer).writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of numbers and texts can always be written", e);
    }
  }
}
