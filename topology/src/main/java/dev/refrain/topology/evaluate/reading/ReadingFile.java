package dev.refrain.topology.evaluate.reading;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * A file of questions with their gold paragraphs, in the format of SQuAD or of NQ-open gold, which
 * is told from its content as is whether it is gzipped.
 *
 * @param path where it is
 * @param questions the questions, in order
 * @param unanswerable questions that were left out, because the file says that they have no answer
 */
public record ReadingFile(Path path, List<ReadingQuestion> questions, int unanswerable) {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private static final int BUFFER = 1 << 16;
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;

  private enum Format {
    /** One JSON object: {@code data[].paragraphs[].{context, qas[]}}. */
    SQUAD,
    /** A JSON object for each question: {@code question}, {@code answers}, {@code ctxs}. */
    NQ_GOLD
  }

  public ReadingFile {
    questions = List.copyOf(questions);
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read or is malformed; the message names file, line, what is
   *     wrong there and what to do
   */
  public static ReadingFile read(Path file) throws IOException {
    try {
      Format format = format(file);
      try (InputStream in = Files.newInputStream(file);
          InputStream text = unpacked(in)) {
        return switch (format) {
          case SQUAD -> MAPPER.readValue(text, SquadDocument.class).file(file);
          case NQ_GOLD ->
              NqGoldLine.file(file, MAPPER.readerFor(NqGoldLine.class).readValues(text));
        };
      }
    } catch (IOException e) {
      throw JsonFault.in(file, e);
    }
  }

  /** The same with no more than so many questions. */
  public ReadingFile first(int limit) {
    return new ReadingFile(path, questions.stream().limit(limit).toList(), unanswerable);
  }

  private static Format format(Path file) throws IOException {
    List<String> keys = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file);
        InputStream text = unpacked(in);
        JsonParser parser = MAPPER.createParser(text)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          switch (parser.currentName()) {
            case "data" -> {
              return Format.SQUAD;
            }
            case "question", "answers", "ctxs" -> {
              return Format.NQ_GOLD;
            }
            default -> keys.add(parser.currentName());
          }
          parser.nextToken();
          parser.skipChildren();
        }
      }
    }
    throw new IOException(
        "%s, line 1: neither SQuAD nor NQ-open gold: an object with \"data\", or one a line with \"question\", \"answers\" and \"ctxs\", is expected; the keys here are %s"
            .formatted(file, keys));
  }

  private static InputStream unpacked(InputStream in) throws IOException {
    BufferedInputStream bytes = new BufferedInputStream(in, BUFFER);
    bytes.mark(2);
    boolean gzip = bytes.read() == GZIP_FIRST && bytes.read() == GZIP_SECOND;
    bytes.reset();
    return gzip ? new GZIPInputStream(bytes, BUFFER) : bytes;
  }
}
