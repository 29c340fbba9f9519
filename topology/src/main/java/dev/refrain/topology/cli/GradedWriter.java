package dev.refrain.topology.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.refrain.topology.evaluate.Graded;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Writes graded questions to a file, a JSON line each. Not safe for use by many threads. */
final class GradedWriter implements AutoCloseable {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Writer file;

  private GradedWriter(Writer file) {
    this.file = file;
  }

  /** A writer to a file, or to nowhere. */
  static GradedWriter to(@Nullable Path file) throws IOException {
    Writer writer = file == null ? Writer.nullWriter() : Files.newBufferedWriter(file);
    return new GradedWriter(new BufferedWriter(writer));
  }

  void write(Graded graded) {
    try {
      file.write(MAPPER.writeValueAsString(graded));
      file.write('\n');
      file.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the graded questions", e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
