package dev.refrain.gpuworkers.hub;

import java.nio.file.Path;
import java.util.List;

/**
 * What a pull has brought.
 *
 * @param repository ORG/NAME
 * @param commit what the revision stood for
 * @param folder where the files are
 * @param files their names
 * @param skipped files of the model that were not wanted
 * @param bytes of all files
 * @param fetched bytes that were not there before
 */
public record PulledModel(
    String repository,
    String commit,
    Path folder,
    List<String> files,
    List<String> skipped,
    long bytes,
    long fetched) {
  public PulledModel {
    files = List.copyOf(files);
    skipped = List.copyOf(skipped);
  }
}
