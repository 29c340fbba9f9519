package dev.refrain.topology.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Writes records to a file, a JSON line each. Not safe for use by many threads. */
final class JsonLinesWriter implements AutoCloseable {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Writer file;

  private JsonLinesWriter(Writer file) {
    this.file = file;
  }

  /** A writer to a file, or to nowhere. */
  static JsonLinesWriter to(@Nullable Path file) throws IOException {
    Writer writer = file == null ? Writer.nullWriter() : Files.newBufferedWriter(file);
    return new JsonLinesWriter(new BufferedWriter(writer));
  }

  void write(Object value) {
    try {
      file.write(MAPPER.writeValueAsString(value));
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
