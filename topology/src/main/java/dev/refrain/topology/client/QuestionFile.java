package dev.refrain.topology.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Reads files of questions: a line is a question in plain words, or a JSON object with {@code
 * question} and perhaps {@code id}, {@code task}, {@code kind} and {@code answers}. Blank lines are
 * passed over; a name that ends in {@code .gz} is unpacked.
 */
public final class QuestionFile {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private QuestionFile() {}

  /**
   * One question of a file.
   *
   * @param id its own id, or the number of its line
   * @param text the question
   * @param task the task, {@code qa} where the line does not say
   * @param answers accepted answers; empty where they are not known, or where there is none
   * @param kind what kind of question it is, for figures by kind; empty where the line does not say
   */
  public record Line(String id, String text, String task, List<String> answers, String kind) {
    /** A question of no kind. */
    public Line(String id, String text, String task, List<String> answers) {
      this(id, text, task, answers, "");
    }

    public Line {
      answers = List.copyOf(answers);
    }
  }

  /**
   * All questions of a file, in order.
   *
   * @throws IOException if the file cannot be read, or a line is no question; the message has its
   *     number
   */
  public static List<Line> read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        InputStream unpacked = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in) {
      return read(
          file.toString(), new InputStreamReader(unpacked, StandardCharsets.UTF_8.newDecoder()));
    }
  }

  /**
   * All questions of a text, in order.
   *
   * @param name of the text, for messages
   */
  public static List<Line> read(String name, Reader text) throws IOException {
    List<Line> questions = new ArrayList<>();
    BufferedReader reader = new BufferedReader(text);
    int number = 0;
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      number++;
      if (!line.isBlank()) {
        questions.add(question(name, number, line.strip()));
      }
    }
    return questions;
  }

  private static Line question(String name, int number, String line) throws IOException {
    if (!line.startsWith("{")) {
      return new Line(Integer.toString(number), line, "qa", List.of());
    }
    JsonNode fields;
    try {
      fields = MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s, line %d: not JSON: %s".formatted(name, number, e.getOriginalMessage()), e);
    }
    JsonNode text = fields.path("question");
    if (!text.isTextual()) {
      throw new IOException(
          "%s, line %d: has no text \"question\"; its keys are %s"
              .formatted(name, number, keys(fields)));
    }
    List<String> answers = new ArrayList<>();
    fields.path("answers").forEach(answer -> answers.add(answer.asText()));
    return new Line(
        fields.path("id").asText(Integer.toString(number)),
        text.textValue(),
        fields.path("task").asText("qa"),
        answers,
        fields.path("kind").asText(""));
  }

  private static List<String> keys(JsonNode fields) {
    List<String> keys = new ArrayList<>();
    fields.fieldNames().forEachRemaining(key -> keys.add(key));
    return keys;
  }
}
