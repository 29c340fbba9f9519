package dev.refrain.gpuworkers.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/** How many token ids a {@code tokenizer.json} gives, and whether the model has as many. */
final class TokenizerSize {
  private TokenizerSize() {}

  /**
   * One more than the highest id of its vocabulary, an object of ids (byte pairs, word pieces) or a
   * list (unigrams), and of its added tokens.
   */
  static int of(Path file) {
    JsonFile tokenizer = JsonFile.read(file);
    JsonNode vocabulary = tokenizer.root().at("/model/vocab");
    int highest = vocabulary.isArray() ? vocabulary.size() - 1 : -1;
    if (vocabulary.isObject()) {
      for (JsonNode id : vocabulary) {
        highest = Math.max(highest, id.asInt());
      }
    }
    for (JsonNode added : tokenizer.root().path("added_tokens")) {
      highest = Math.max(highest, added.path("id").asInt());
    }
    if (highest < 0) {
      throw new UnusableModelException(
          file, "holds no vocabulary", "download or copy the file again");
    }
    return highest + 1;
  }

  /**
   * Refuses a tokenizer whose ids the model has no embedding for; it may have embeddings to spare.
   */
  static void expect(Path folder, int tokens, int vocabularySize) {
    if (tokens > vocabularySize) {
      throw new UnusableModelException(
          folder.resolve("tokenizer.json"),
          "has token id %d, config.json asks for ids below vocab_size %d"
              .formatted(tokens - 1, vocabularySize),
          "use config.json and tokenizer of the same model");
    }
  }
}
