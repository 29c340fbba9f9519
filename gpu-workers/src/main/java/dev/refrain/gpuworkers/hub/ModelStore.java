package dev.refrain.gpuworkers.hub;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of pulled models: {@code ORG/NAME/COMMIT} is a Hugging Face folder, {@code
 * ORG/NAME/refs/REVISION} a file with the commit that a revision stood for when it was pulled. So a
 * newer pull does not touch what a running process has open, and a name means what it meant until
 * it is pulled again. Stateless but for the folder.
 */
public final class ModelStore {
  private static final String REFS = "refs";
  private static final String COMMIT = "[0-9a-f]{40}|[0-9a-f]{64}";
  private static final String START_OF_COMMIT = "[0-9a-f]{7,64}";

  private final Path root;

  /**
   * A store.
   *
   * @param root made by the first pull if it is not there
   */
  public ModelStore(Path root) {
    this.root = root;
  }

  /**
   * The folder of a pulled model.
   *
   * @param reference its revision may also be a commit, or the first seven digits of one or more
   * @return empty if it was not pulled
   * @throws IOException if the store cannot be read
   */
  public Optional<Path> find(ModelReference reference) throws IOException {
    Path ref = ref(reference);
    if (Files.exists(ref)) {
      return Optional.of(folder(reference, Files.readString(ref).strip()))
          .filter(Files::isDirectory);
    }
    if (!reference.revision().matches(START_OF_COMMIT)) {
      return Optional.empty();
    }
    List<Path> begun =
        commits(model(reference)).stream()
            .filter(folder -> name(folder).startsWith(reference.revision()))
            .toList();
    return begun.size() == 1 ? Optional.of(begun.getFirst()) : Optional.empty();
  }

  /**
   * Everything that was pulled, by name; what an interrupted pull left, too.
   *
   * @throws IOException if the store cannot be read
   */
  public List<StoredModel> list() throws IOException {
    List<StoredModel> models = new ArrayList<>();
    for (Path organisation : children(root)) {
      for (Path model : children(organisation)) {
        String repository = name(organisation) + "/" + name(model);
        for (Path folder : commits(model)) {
          models.add(
              new StoredModel(
                  repository, name(folder), revisions(model, name(folder)), folder, true));
        }
        for (Path left : children(model)) {
          if (PullFolder.isUnfinished(left)) {
            String commit = name(left).split("\\.", 3)[1];
            models.add(new StoredModel(repository, commit, List.of(), left, false));
          }
        }
      }
    }
    return models;
  }

  /** Where a commit of a model is, or is to be. */
  Path folder(ModelReference reference, String commit) {
    return model(reference).resolve(commit);
  }

  /** Where the locks of pulls are. */
  Path locks() {
    return root.resolve(".locks");
  }

  /** Notes what a revision stands for. */
  void remember(ModelReference reference, String commit) throws IOException {
    Path ref = ref(reference);
    Files.createDirectories(ref.getParent());
    Path written = Files.writeString(ref.resolveSibling("." + name(ref)), commit + "\n");
    Files.move(written, ref, StandardCopyOption.ATOMIC_MOVE);
  }

  private Path model(ModelReference reference) {
    return root.resolve(reference.organisation()).resolve(reference.name());
  }

  private Path ref(ModelReference reference) {
    return model(reference)
        .resolve(REFS)
        .resolve(URLEncoder.encode(reference.revision(), StandardCharsets.UTF_8));
  }

  private static List<Path> commits(Path model) throws IOException {
    return children(model).stream().filter(folder -> name(folder).matches(COMMIT)).toList();
  }

  private static List<String> revisions(Path model, String commit) throws IOException {
    List<String> revisions = new ArrayList<>();
    for (Path ref : files(model.resolve(REFS))) {
      if (!name(ref).startsWith(".") && Files.readString(ref).strip().equals(commit)) {
        revisions.add(URLDecoder.decode(name(ref), StandardCharsets.UTF_8));
      }
    }
    return revisions;
  }

  private static List<Path> children(Path folder) throws IOException {
    return files(folder).stream().filter(Files::isDirectory).toList();
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
