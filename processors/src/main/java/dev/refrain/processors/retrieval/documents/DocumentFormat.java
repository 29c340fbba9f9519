package dev.refrain.processors.retrieval.documents;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of file that documents are read from; the first two also gzipped. */
public enum DocumentFormat {
  /**
   * One JSON object a line: {@code id} (or {@code _id}), {@code title} (optional), {@code text}.
   */
  JSON_LINES,
  /**
   * Tab-separated {@code id, text, title} with a header and doubled quotes: the passages that DPR
   * published. Each row is a passage already.
   */
  DPR_TSV,
  /** A .txt or .md file is one document: its id is its path, its title the first heading. */
  TEXT;

  /** The format that a file's name gives away, if any. */
  public static Optional<DocumentFormat> of(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (endsWith(name, ".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")) {
      return Optional.of(JSON_LINES);
    }
    if (endsWith(name, ".tsv", ".tsv.gz")) {
      return Optional.of(DPR_TSV);
    }
    return endsWith(name, ".txt", ".md") ? Optional.of(TEXT) : Optional.empty();
  }

  private static boolean endsWith(String name, String... extensions) {
    return Arrays.stream(extensions).anyMatch(name::endsWith);
  }
}
