package dev.refrain.topology.validation;

import dev.refrain.connectors.words.WordVectors;
import dev.refrain.gpuworkers.model.ModelConfig;
import dev.refrain.gpuworkers.model.ModelFolder;
import dev.refrain.gpuworkers.model.UnusableModelException;
import dev.refrain.gpuworkers.tokenizer.ChatTemplate;
import dev.refrain.processors.retrieval.LuceneRetriever;
import dev.refrain.topology.config.RetrievalConfig;
import java.io.IOException;
import java.nio.file.Path;

/** Opens the folders of the index and of the model, and the word vectors; loads no weights. */
final class Folders {
  private Folders() {}

  static Check index(RetrievalConfig retrieval) {
    Path folder = retrieval.index();
    if (folder == null) {
      return Check.skipped("index", "retrieval.index is not set; `refrain index` makes one");
    }
    try (LuceneRetriever index = LuceneRetriever.open(folder, retrieval.bm25())) {
      return Check.ok(
          "index",
          "%s, %,d passages, digest %.12s"
              .formatted(folder, index.statistics().passages(), index.digest()));
    } catch (IOException e) {
      return Check.failed("index", String.valueOf(e.getMessage()));
    }
  }

  static Check words(Path file) {
    try {
      return Check.ok("words", "%s, digest %.12s".formatted(file, WordVectors.read(file).digest()));
    } catch (UnusableModelException e) {
      return Check.failed("words", String.valueOf(e.getMessage()));
    }
  }

  /**
   * @param chat whether it must have a chat template
   */
  static Check model(dev.refrain.topology.config.ModelConfig model, boolean chat) {
    Path folder = model.folder();
    if (folder == null) {
      return Check.skipped("model", "model.folder is not set; --model DIR names one");
    }
    try {
      ModelConfig shape = ModelFolder.open(folder).config();
      if (model.contextLength() > shape.contextLength()) {
        return Check.failed(
            "model",
            "%s: model.contextLength is %d, the model has %d"
                .formatted(folder, model.contextLength(), shape.contextLength()));
      }
      if (chat) {
        var unused = ChatTemplate.open(folder).ask("");
      }
      return Check.ok(
          "model",
          "%s, %d layers, width %d, vocabulary %,d, context %,d"
              .formatted(
                  folder,
                  shape.numLayers(),
                  shape.hiddenSize(),
                  shape.vocabularySize(),
                  shape.contextLength()));
    } catch (UnusableModelException e) {
      return Check.failed("model", String.valueOf(e.getMessage()));
    }
  }
}
