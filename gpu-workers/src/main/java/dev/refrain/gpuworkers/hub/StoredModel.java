package dev.refrain.gpuworkers.hub;

import java.nio.file.Path;
import java.util.List;

/**
 * A model in the {@link ModelStore}.
 *
 * @param repository ORG/NAME
 * @param commit of the hub
 * @param revisions what stood for this commit when it was pulled
 * @param folder where it is
 * @param whole false for what an interrupted pull left
 */
public record StoredModel(
    String repository, String commit, List<String> revisions, Path folder, boolean whole) {
  public StoredModel {
    revisions = List.copyOf(revisions);
  }
}
