package dev.refrain.connectors.house.prose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A question that somebody asked, and what is right.
 *
 * @param text without the question mark
 * @param answers any of which is right
 */
record HumanQuestion(String text, List<String> answers) {
  HumanQuestion {
    answers = List.copyOf(answers);
  }

  /** Whether it was typed without any capital letter. */
  boolean isLowerCase() {
    return text.chars().noneMatch(Character::isUpperCase);
  }

  /**
   * Reads JSON lines with the fields {@code question} and {@code answers}; what is no plain English
   * question is left out.
   *
   * @throws IllegalArgumentException naming file and line where one is no such object
   */
  static List<HumanQuestion> read(Path file) throws IOException {
    JsonMapper json = JsonMapper.builder().build();
    List<HumanQuestion> questions = new ArrayList<>();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        HumanQuestion question = line.isBlank() ? null : of(json, line, file, number);
        if (question != null && Cleaning.isUsableQuestion(question.text)) {
          questions.add(question);
        }
      }
    }
    return questions;
  }

  private static HumanQuestion of(JsonMapper json, String line, Path file, int number) {
    try {
      JsonNode node = json.readTree(line);
      JsonNode answers = node.path("answers");
      if (!node.path("question").isTextual() || !answers.isArray()) {
        throw new IllegalArgumentException(
            "needs the fields question, a text, and answers, a list of texts");
      }
      List<String> texts = new ArrayList<>();
      answers.forEach(answer -> texts.add(answer.asText()));
      return new HumanQuestion(Cleaning.question(node.get("question").asText()), texts);
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s line %d: %s".formatted(file, number, e.getMessage()), e);
    }
  }
}
