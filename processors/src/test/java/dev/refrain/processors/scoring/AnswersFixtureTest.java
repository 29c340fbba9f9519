package dev.refrain.processors.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Compares with what the reference Python says; make_fixtures.py beside the fixture made it. */
final class AnswersFixtureTest {
  private final JsonNode fixture = read();

  @Test
  void normalizesAnswersAsTheOfficialScriptDoes() {
    SoftAssertions softly = new SoftAssertions();
    for (JsonNode each : fixture.path("texts")) {
      String text = each.path("text").asText();
      softly
          .assertThat(AnswerScore.normalize(text))
          .as(escaped(text))
          .isEqualTo(each.path("normalized").asText());
    }
    softly.assertAll();
  }

  @Test
  void cutsTokensAsDprDoes() {
    SoftAssertions softly = new SoftAssertions();
    for (JsonNode each : fixture.path("texts")) {
      String text = each.path("text").asText();
      softly
          .assertThat(AnswerMatcher.tokens(text))
          .as(escaped(text))
          .isEqualTo(strings(each.path("tokens")));
    }
    softly.assertAll();
  }

  @Test
  void scoresExactMatchAndF1AsTheReferenceDoes() {
    for (JsonNode pair : fixture.path("pairs")) {
      String answer = pair.path("answer").asText();
      List<String> gold = List.of(pair.path("gold").asText());
      assertThat(AnswerScore.exactMatch(answer, gold))
          .as(pair.toString())
          .isEqualTo(pair.path("exact").asBoolean());
      assertThat(AnswerScore.f1(answer, gold))
          .as(pair.toString())
          .isCloseTo(pair.path("f1").asDouble(), within(1e-12));
    }
  }

  @Test
  void findsAnswersInPassagesAsDprDoes() {
    SoftAssertions softly = new SoftAssertions();
    for (JsonNode each : fixture.path("contained")) {
      softly
          .assertThat(
              AnswerMatcher.of(strings(each.path("answers"))).occursIn(each.path("text").asText()))
          .as(escaped(each.toString()))
          .isEqualTo(each.path("has").asBoolean());
    }
    softly.assertAll();
  }

  private static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(string -> strings.add(string.asText()));
    return strings;
  }

  private static String escaped(String text) {
    return text.codePoints()
        .mapToObj(c -> c < 128 ? Character.toString(c) : "\\u{%x}".formatted(c))
        .collect(Collectors.joining());
  }

  private static JsonNode read() {
    try (InputStream in = AnswersFixtureTest.class.getResourceAsStream("answers.json")) {
      return new ObjectMapper().readTree(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
