package dev.refrain.gpuworkers.hub;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which files of a model are fetched: configuration, tokenizer, chat template and the safetensors
 * that Refrain reads, or what the user asks for.
 *
 * @param chosen files to fetch
 * @param skipped names of the others
 */
record Selection(List<HubFile> chosen, List<String> skipped) {
  private static final String SINGLE = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";
  private static final Predicate<String> SMALL =
      anyOf(
          List.of(
              "{config,generation_config,special_tokens_map}.json",
              "tokenizer*",
              "chat_template*",
              INDEX));

  Selection {
    chosen = List.copyOf(chosen);
    skipped = List.copyOf(skipped);
  }

  /**
   * Chooses.
   *
   * @param globs of the paths that are wanted, where {@code **} crosses folders; empty for what
   *     Refrain reads
   * @throws HubException if nothing fits, or the model has no weights that Refrain reads
   */
  static Selection of(HubModel model, List<String> globs) {
    Predicate<String> wanted = globs.isEmpty() ? needed(model) : anyOf(globs);
    List<HubFile> chosen = model.files().stream().filter(f -> wanted.test(f.path())).toList();
    if (chosen.isEmpty()) {
      throw new HubException(
          "No file of %s fits %s; there are %s"
              .formatted(model.repository(), globs, names(model.files())));
    }
    List<HubFile> others = model.files().stream().filter(f -> !chosen.contains(f)).toList();
    return new Selection(chosen, names(others));
  }

  /** The same with the sizes and checksums that the listing did not have. */
  Selection completed(HubClient client, HubModel model, Retries retries)
      throws InterruptedException {
    List<HubFile> complete = new ArrayList<>();
    for (HubFile file : chosen) {
      complete.add(
          file.known()
              ? file
              : retries.run(
                  "Asking for " + file.path(), () -> 0, () -> client.complete(model, file)));
    }
    return new Selection(complete, skipped);
  }

  /** Bytes of all chosen files. */
  long bytes() {
    return chosen.stream().mapToLong(HubFile::size).sum();
  }

  private static Predicate<String> needed(HubModel model) {
    Set<String> names = Set.copyOf(names(model.files()));
    if (names.contains(SINGLE)) {
      return SMALL.or(SINGLE::equals);
    }
    if (!names.contains(INDEX)) {
      throw new HubException(
          "%s has neither %s nor %s; Refrain reads no other weights. Look for a version in safetensors, or fetch what you want with --include. Its files: %s"
              .formatted(model.repository(), SINGLE, INDEX, names(model.files())));
    }
    // Mistral publishes its weights twice, once as consolidated.safetensors.
    return SMALL.or(anyOf(List.of("*.safetensors")).and(name -> !name.startsWith("consolidated")));
  }

  private static Predicate<String> anyOf(List<String> globs) {
    List<PathMatcher> matchers =
        globs.stream().map(g -> FileSystems.getDefault().getPathMatcher("glob:" + g)).toList();
    return path -> matchers.stream().anyMatch(matcher -> matcher.matches(Path.of(path)));
  }

  private static List<String> names(List<HubFile> files) {
    return files.stream().map(HubFile::path).toList();
  }
}
