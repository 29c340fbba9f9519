package dev.refrain.connectors.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A set of examples in the order of its file.
 *
 * @param all the examples, one or more
 * @param digest SHA-256 over all inputs and targets
 */
public record Examples(List<Example> all, String digest) {
  public Examples {
    all = List.copyOf(all);
    if (all.isEmpty()) {
      throw new IllegalArgumentException("there are 0 examples, must be 1 or more");
    }
  }

  /** A set of examples. */
  public static Examples of(List<Example> all) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Example example : all) {
        digest.update(example.input().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(example.target().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return new Examples(all, HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Reads JSON lines with the fields {@code input} and {@code target}.
   *
   * @throws IllegalArgumentException naming file and line where one is no such object
   */
  public static Examples read(Path file) throws IOException {
    JsonMapper json = JsonMapper.builder().build();
    List<Example> all = new ArrayList<>();
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          all.add(example(json, line, file, number));
        }
      }
    }
    return of(all);
  }

  private static Example example(JsonMapper json, String line, Path file, int number) {
    try {
      JsonNode node = json.readTree(line);
      if (!node.path("input").isTextual() || !node.path("target").isTextual()) {
        throw new IllegalArgumentException("needs the fields input and target, both text");
      }
      return new Example(node.get("input").asText(), node.get("target").asText());
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s line %d: %s".formatted(file, number, e.getMessage()), e);
    }
  }
}
