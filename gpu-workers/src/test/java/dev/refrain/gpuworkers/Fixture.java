package dev.refrain.gpuworkers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Tiny models and their reference numbers; {@code fixtures/make.py} says how they were made. */
public final class Fixture {
  /** Grouped queries, own output matrix, one F32 file; begin-of-sequence token in front. */
  public static final String GROUPED_F32 = "grouped-f32";

  /** The same model rounded to BF16, in three shards. */
  public static final String GROUPED_BF16_SHARDED = "grouped-bf16-sharded";

  /** Another one with tied embeddings and a byte-level tokenizer, in F16. */
  public static final String TIED_F16 = "tied-f16";

  private Fixture() {}

  /** The file or folder of a name. */
  public static Path path(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(Fixture.class.getResource("fixtures/" + name), name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(name, e);
    }
  }

  /** A JSON file among the fixtures. */
  public static JsonNode json(String name) {
    try {
      return new JsonMapper().readTree(path(name).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies a model into a folder where a test may damage it. */
  public static Path copy(String name, Path target) {
    Path source = path(name);
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(source.relativize(file).toString()));
      }
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Changes a file; Latin-1 keeps every byte of one that is not text. */
  public static void edit(Path file, UnaryOperator<String> change) {
    try {
      String before = Files.readString(file, StandardCharsets.ISO_8859_1);
      String after = change.apply(before);
      assertThat(after).as("the edit changes the file").isNotEqualTo(before);
      Files.writeString(file, after, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The numbers of a JSON array, in order, arrays inside arrays flattened. */
  public static List<Double> numbers(JsonNode array) {
    return array.isArray()
        ? array.valueStream().flatMap(node -> numbers(node).stream()).toList()
        : List.of(array.doubleValue());
  }
}
