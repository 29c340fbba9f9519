package dev.refrain.connectors.house.worlds;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One block of a resource file: a heading and the lines {@code key: text} under it, up to the next
 * empty line. A key may stand many times. Lines that begin with {@code #} are comments.
 *
 * @param heading first line of the block
 * @param entries texts by key, in the order of the file
 */
record Block(String heading, Map<String, List<String>> entries) {

  /** The texts of a key, none if it is absent. */
  List<String> all(String key) {
    return entries.getOrDefault(key, List.of());
  }

  /** The first text of a key, or the given one. */
  String one(String key, String otherwise) {
    List<String> texts = all(key);
    return texts.isEmpty() ? otherwise : texts.getFirst();
  }

  /** The texts of a key, each cut at the given separator and stripped. */
  List<String> split(String key, String separator) {
    List<String> items = new ArrayList<>();
    for (String text : all(key)) {
      items.addAll(items(text, separator));
    }
    return items;
  }

  /** The parts of a text, cut at the given separator and stripped; empty ones are kept. */
  static List<String> items(String text, String separator) {
    List<String> items = new ArrayList<>();
    int from = 0;
    for (int to = text.indexOf(separator); to >= 0; to = text.indexOf(separator, from)) {
      items.add(text.substring(from, to).strip());
      from = to + separator.length();
    }
    items.add(text.substring(from).strip());
    return items;
  }

  /**
   * Reads a resource of this package.
   *
   * @throws IllegalStateException where a line is neither heading, entry nor comment
   */
  static List<Block> read(String resource) {
    List<Block> blocks = new ArrayList<>();
    Block block = null;
    for (String line : lines(resource)) {
      if (line.isBlank()) {
        block = null;
      } else if (block == null) {
        block = new Block(line.strip(), new LinkedHashMap<>());
        blocks.add(block);
      } else {
        block.add(line, resource);
      }
    }
    return blocks;
  }

  private void add(String line, String resource) {
    int colon = line.indexOf(':');
    if (colon < 0) {
      throw new IllegalStateException(
          "%s, under '%s': '%s' has no colon".formatted(resource, heading, line));
    }
    entries
        .computeIfAbsent(line.substring(0, colon).strip(), key -> new ArrayList<>())
        .add(line.substring(colon + 1).strip());
  }

  /** The lines of a resource of this package, without comments. */
  static List<String> lines(String resource) {
    try (InputStream bytes =
            Objects.requireNonNull(
                Block.class.getResourceAsStream(resource), () -> "no resource " + resource);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }
}
