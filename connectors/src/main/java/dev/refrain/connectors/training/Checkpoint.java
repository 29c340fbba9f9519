package dev.refrain.connectors.training;

import ai.djl.ndarray.NDArray;
import dev.refrain.gpuworkers.model.SafetensorsFile;
import dev.refrain.gpuworkers.model.SafetensorsWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a run keeps its state: a safetensors file with every parameter and both moments, written
 * whole or not at all.
 *
 * @param file the file; its folder is made where it is missing
 */
public record Checkpoint(Path file) {
  private static final String STEP = "step";
  private static final String DIGEST = "digest";

  /** Whether there is a state to go on from. */
  public boolean exists() {
    return Files.exists(file);
  }

  /**
   * Reads the head of the state, which must be there.
   *
   * @param digest of the run that shall go on, {@link TrainingSettings#digest}
   * @throws IllegalArgumentException if it is of another task or of other settings
   */
  public SafetensorsFile check(String digest) {
    SafetensorsFile stored = SafetensorsFile.open(file);
    String other = stored.metadata().getOrDefault(DIGEST, "none");
    if (!other.equals(digest)) {
      throw new IllegalArgumentException(
          "checkpoint %s belongs to a run with digest %s, this run has %s: delete it or use the same data and settings"
              .formatted(file, other, digest));
    }
    return stored;
  }

  void write(long step, String digest, Map<String, NDArray> arrays) {
    SafetensorsWriter writer =
        new SafetensorsWriter(SafetensorsWriter.Precision.F32)
            .metadata(STEP, Long.toString(step))
            .metadata(DIGEST, digest);
    arrays.forEach(writer::add);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      writer.write(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write checkpoint " + file, e);
    }
  }

  /**
   * Reads the state into arrays of the same names and shapes.
   *
   * @return the step to go on with
   * @throws IllegalArgumentException if the checkpoint is of another task or of other settings
   */
  long read(String digest, Map<String, NDArray> arrays, TrainingOperations operations) {
    SafetensorsFile stored = check(digest);
    arrays.forEach(
        (name, array) -> {
          try (NDArray numbers =
              array.getManager().create(stored.numbers(name), array.getShape())) {
            operations.assign(array, numbers);
          }
        });
    return Long.parseLong(stored.metadata().getOrDefault(STEP, "0"));
  }
}
