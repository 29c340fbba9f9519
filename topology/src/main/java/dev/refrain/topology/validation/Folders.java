package dev.refrain.topology.validation;

import dev.refrain.topology.config.ModelConfig;
import dev.refrain.topology.config.RetrievalConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Looks at the folders of the index and of the model without loading them. */
final class Folders {
  private Folders() {}

  static Check index(RetrievalConfig retrieval) {
    Path folder = retrieval.index();
    if (folder == null) {
      return Check.skipped("index", "retrieval.index is not set; `refrain index` makes one");
    }
    if (!Files.isDirectory(folder)) {
      return Check.failed("index", folder + " is not there; `refrain index --out " + folder + "`");
    }
    return Check.ok("index", folder.toString());
  }

  static Check model(ModelConfig model) {
    Path folder = model.folder();
    if (folder == null) {
      return Check.skipped("model", "model.folder is not set");
    }
    if (!Files.isDirectory(folder)) {
      return Check.failed("model", folder + " is not there; give a Hugging Face folder");
    }
    List<String> missing =
        Stream.of("config.json", "tokenizer.json")
            .filter(name -> !Files.isRegularFile(folder.resolve(name)))
            .toList();
    if (!missing.isEmpty()) {
      return Check.failed("model", folder + " has no " + String.join(" and no ", missing));
    }
    return weights(folder)
        ? Check.ok("model", folder.toString())
        : Check.failed("model", folder + " has no *.safetensors file");
  }

  private static boolean weights(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.toString().endsWith(".safetensors"));
    } catch (IOException e) {
      return false;
    }
  }
}
