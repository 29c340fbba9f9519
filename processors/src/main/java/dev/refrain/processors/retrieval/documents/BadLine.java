package dev.refrain.processors.retrieval.documents;

import java.nio.file.Path;

/**
 * A line that holds no document.
 *
 * @param file where it stands
 * @param number of the line, from 1
 * @param reason why no document could be read from it
 */
public record BadLine(Path file, long number, String reason) {
  @Override
  public String toString() {
    return file + ":" + number + ": " + reason;
  }
}
