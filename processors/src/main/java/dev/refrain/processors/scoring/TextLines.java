package dev.refrain.processors.scoring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Hands on the lines of a small text file, gzipped or not, that are not blank. */
final class TextLines {
  private TextLines() {}

  static void forEach(Path file, LineHandler handler) throws IOException {
    try (BufferedReader reader = open(file)) {
      long number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (!line.isBlank()) {
          handle(file, number, line, handler);
        }
      }
    }
  }

  private static void handle(Path file, long number, String line, LineHandler handler)
      throws IOException {
    try {
      handler.onLine(number, line);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ":" + number + ": " + e.getMessage(), e);
    }
  }

  private static BufferedReader open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    if (file.toString().endsWith(".gz")) {
      in = new GZIPInputStream(in);
    }
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
  }

  /** Takes one line. */
  @FunctionalInterface
  interface LineHandler {
    /**
     * Takes the line with this number, from 1.
     *
     * @throws IllegalArgumentException if the line is malformed, saying how
     */
    void onLine(long number, String line);
  }
}
