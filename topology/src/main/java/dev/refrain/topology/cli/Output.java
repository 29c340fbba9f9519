package dev.refrain.topology.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;

/** Prints for people, or the same for machines; what is neither goes to standard error. */
final class Output {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, ToStringSerializer.instance)
                  .addSerializer(Path.class, ToStringSerializer.instance))
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;

  Output(PrintWriter out, PrintWriter err, boolean json) {
    this.out = out;
    this.err = err;
    this.json = json;
  }

  /** Whether machines read. */
  boolean json() {
    return json;
  }

  /** A line for people; nothing where machines read. */
  void line(String text) {
    if (!json) {
      out.println(text);
    }
  }

  /** A table for people; nothing where machines read. */
  void table(Table table) {
    if (!json) {
      table.lines().forEach(out::println);
    }
  }

  /** A value as one line of JSON for machines; nothing where people read. */
  void value(Object value) {
    if (json) {
      try {
        out.println(MAPPER.writeValueAsString(value));
      } catch (JsonProcessingException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A remark on what is going on, to standard error in both cases. */
  void remark(String text) {
    err.println(text);
  }
}
