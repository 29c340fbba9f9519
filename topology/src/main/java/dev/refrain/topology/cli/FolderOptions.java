package dev.refrain.topology.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the index and the model are. */
final class FolderOptions {
  @Option(
      names = {"-i", "--index"},
      paramLabel = "DIR",
      description = "Index that `refrain index` made (default: retrieval.index).")
  private @Nullable Path index;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description = {
        "The frozen model: a Hugging Face folder, or ORG/NAME[@REVISION] of a pulled one",
        "(default: model.folder)."
      })
  private @Nullable Path model;

  /** Other flags and these as {@code key=value} of the configuration. */
  List<String> settings(List<String> others) {
    List<String> settings = new ArrayList<>(others);
    if (index != null) {
      settings.add("retrieval.index=" + index);
    }
    if (model != null) {
      settings.add("model.folder=" + model);
    }
    return settings;
  }
}
