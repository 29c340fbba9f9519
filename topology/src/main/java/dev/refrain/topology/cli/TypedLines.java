package dev.refrain.topology.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;

/**
 * Lines that a person types. Reading standard input cannot be interrupted, so a thread of its own
 * does it; waiting for a line can be, and Ctrl-C ends it at once.
 */
final class TypedLines {
  private final SynchronousQueue<Optional<String>> lines = new SynchronousQueue<>();

  private TypedLines() {}

  /** Lines in UTF-8 from a stream, which is not closed. */
  static TypedLines from(InputStream typed) {
    TypedLines result = new TypedLines();
    Thread.ofPlatform().name("typed-lines").daemon().start(() -> result.read(typed));
    return result;
  }

  /** The next line, or empty where the input ends or a line is blank; not to be called again. */
  Optional<String> next() throws InterruptedException {
    return lines.take();
  }

  private void read(InputStream typed) {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(typed, StandardCharsets.UTF_8));
    try {
      Optional<String> line;
      do {
        line = line(reader);
        lines.put(line);
      } while (line.isPresent());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A terminal that has gone away ends the input. */
  private static Optional<String> line(BufferedReader reader) {
    try {
      return Optional.ofNullable(reader.readLine()).map(String::strip).filter(s -> !s.isEmpty());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
