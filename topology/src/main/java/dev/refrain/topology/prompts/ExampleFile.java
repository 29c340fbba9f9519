package dev.refrain.topology.prompts;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.refrain.connectors.prompt.Example;
import dev.refrain.connectors.prompt.Examples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Examples as they are made: JSON lines, which {@code refrain train prompt} reads too. Making them
 * may be stopped and gone on with. Not safe for use by many threads.
 */
final class ExampleFile {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int CHUNK = 64;
  private static final int NAME_DIGITS = 16;

  private final Path file;

  private ExampleFile(Path file) {
    this.file = file;
  }

  /**
   * One example.
   *
   * @param place in its fold, from 0; rises from line to line
   * @param exercise number of the exercise that it was made of
   */
  record Line(long place, long exercise, String input, String target) {}

  /** Makes the examples of some places, in their order; a place may give none. */
  @FunctionalInterface
  interface Maker {
    List<Line> lines(long from, long to);
  }

  /**
   * A file in a folder.
   *
   * @param origin everything that decides the examples; others lie in another file
   */
  static ExampleFile in(Path folder, String origin) {
    return new ExampleFile(folder.resolve("examples-%s.jsonl".formatted(name(origin))));
  }

  private static String name(String origin) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(origin.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, NAME_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Makes what is missing.
   *
   * @param wanted examples, 1 or more
   * @param progress is told how many there are
   * @return the examples; empty if the thread was interrupted before all were there
   * @throws IOException if the file cannot be read or written
   */
  Optional<Examples> fill(int wanted, Maker maker, LongConsumer progress) throws IOException {
    List<Line> lines = new ArrayList<>(read());
    long next = lines.isEmpty() ? 0 : lines.getLast().place() + 1;
    while (lines.size() < wanted) {
      long end = next + Math.min(CHUNK, wanted - lines.size());
      List<Line> made = maker.lines(next, end);
      boolean interrupted = Thread.interrupted(); // An interrupted thread cannot write.
      append(made);
      lines.addAll(made);
      next = end;
      progress.accept(lines.size());
      if (interrupted) {
        return Optional.empty();
      }
    }
    return Optional.of(
        Examples.of(
            lines.subList(0, wanted).stream()
                .map(line -> new Example(line.input(), line.target()))
                .toList()));
  }

  /** The whole lines; the rest of one that was being written is cut off. */
  private List<Line> read() throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    if (!Files.exists(file)) {
      return List.of();
    }
    String text = Files.readString(file);
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    if (whole.length() < text.length()) {
      Files.writeString(file, whole);
    }
    List<Line> lines = new ArrayList<>();
    for (String line : whole.lines().toList()) {
      lines.add(JSON.readValue(line, Line.class));
    }
    return lines;
  }

  private void append(List<Line> lines) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      text.append(JSON.writeValueAsString(line)).append('\n');
    }
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
