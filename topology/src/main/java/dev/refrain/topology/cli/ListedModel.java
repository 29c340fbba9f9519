package dev.refrain.topology.cli;

import dev.refrain.gpuworkers.hub.StoredModel;
import dev.refrain.gpuworkers.model.ModelInspection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A model as `refrain models list` shows it.
 *
 * @param name ORG/NAME
 * @param commit which version
 * @param revisions what stood for it when it was pulled
 * @param whole false for what an interrupted pull left
 * @param usable whether Refrain can use it
 * @param family its {@code model_type}; null where it is not known
 * @param kind decoder, encoder, sentence encoder or encoder-decoder; null where it is not known
 * @param parameters null where they cannot be counted
 * @param bytes of all its files
 * @param folder where it is
 */
record ListedModel(
    String name,
    String commit,
    List<String> revisions,
    boolean whole,
    boolean usable,
    @Nullable String family,
    @Nullable String kind,
    @Nullable Long parameters,
    long bytes,
    Path folder) {
  ListedModel {
    revisions = List.copyOf(revisions);
  }

  static ListedModel of(StoredModel stored) throws IOException {
    return stored.whole()
        ? of(stored.repository(), stored.commit(), stored.revisions(), stored.folder())
        : new ListedModel(
            stored.repository(),
            stored.commit(),
            List.of(),
            false,
            false,
            null,
            null,
            null,
            size(stored.folder()),
            stored.folder());
  }

  static ListedModel of(String name, String version, Path folder) throws IOException {
    return of(name, version, List.of(), folder);
  }

  private static ListedModel of(String name, String commit, List<String> revisions, Path folder)
      throws IOException {
    ModelInspection found = ModelInspection.of(folder);
    return new ListedModel(
        name,
        commit,
        revisions,
        true,
        found.refusals().isEmpty(),
        found.family(),
        found.use() == null ? null : ModelKindText.name(found),
        found.weights() == null ? null : found.weights().parameters(),
        size(folder),
        folder);
  }

  /** The cells of its row. */
  Object[] cells() {
    String version = "%.12s".formatted(commit);
    return new Object[] {
      name,
      revisions.isEmpty() ? version : "%s (%s)".formatted(version, String.join(", ", revisions)),
      !whole ? "unfinished" : (family == null ? "?" : family) + (usable ? "" : ", not usable"),
      kind == null ? "?" : kind,
      parameters == null ? "-" : Amounts.count(parameters),
      Amounts.bytes(bytes),
      folder
    };
  }

  private static long size(Path folder) throws IOException {
    long size = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        size += Files.size(file);
      }
    }
    return size;
  }
}
