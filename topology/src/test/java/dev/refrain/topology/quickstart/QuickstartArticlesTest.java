package dev.refrain.topology.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.refrain.connectors.house.worlds.Exercise;
import dev.refrain.connectors.house.worlds.Split;
import dev.refrain.connectors.house.worlds.Stage;
import dev.refrain.connectors.house.worlds.Worlds;
import dev.refrain.processors.scoring.AnswerMatcher;
import dev.refrain.topology.client.QuestionFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartArticlesTest {
  private static final int PASSAGE_WORDS = 100;

  @TempDir Path folder;

  @Test
  void areOnePassageEachUnderTheirOwnIds() throws Exception {
    Set<String> ids = new HashSet<>();
    for (JsonNode article : articles()) {
      assertThat(ids.add(article.get("id").textValue())).as("%s is new", article).isTrue();
      assertThat(article.get("title").textValue()).isNotBlank();
      assertThat(article.get("text").textValue().split(" ").length)
          .as("words of %s", article.get("id"))
          .isBetween(20, PASSAGE_WORDS);
    }
    assertThat(ids).hasSizeGreaterThanOrEqualTo(400);
  }

  @Test
  void areAskedSixHundredQuestionsOfFourKinds() throws Exception {
    Map<String, Long> kinds =
        Quickstart.questions().stream()
            .collect(Collectors.groupingBy(QuestionFile.Line::kind, Collectors.counting()));

    assertThat(kinds)
        .containsOnlyKeys("direct", "paraphrased", "two-step", "unanswerable")
        .allSatisfy((kind, count) -> assertThat(count).as(kind).isGreaterThanOrEqualTo(100));
    assertThat(Quickstart.questions()).hasSizeGreaterThanOrEqualTo(600);
  }

  @Test
  void answerEveryQuestionThatHasAnAnswer() throws Exception {
    List<String> texts =
        articles().stream()
            .map(
                article -> article.get("title").textValue() + " " + article.get("text").textValue())
            .toList();
    assertThat(Quickstart.questions())
        .allSatisfy(
            question -> {
              AnswerMatcher answers = AnswerMatcher.of(question.answers());
              assertThat(texts.stream().anyMatch(answers::occursIn))
                  .as(question.text())
                  .isEqualTo(!question.kind().equals("unanswerable"));
            });
  }

  /** What the house model reads has no name of the almanac. */
  @Test
  void haveNoNameThatTheHouseModelWasTrainedOn() throws Exception {
    AlmanacNames names = AlmanacNames.read();
    assertThat(names.test("Nairobi")).isTrue();
    assertThat(names.test("river")).isFalse();
    Worlds worlds = new Worlds(1, Split.TRAINING, names);
    Stage stage = new Stage(1, 3, 2, 5, 4);
    Set<String> read = new HashSet<>();
    for (int number = 0; number < 500; number++) {
      Exercise exercise = worlds.exercise(number, stage);
      exercise.articles().forEach(article -> read.add(article.title()));
      exercise.questions().forEach(question -> read.add(question.answer()));
    }
    assertThat(read).hasSizeGreaterThan(1000).noneMatch(names);
  }

  private List<JsonNode> articles() throws IOException, InterruptedException {
    new Quickstart(folder).prepare();
    List<JsonNode> articles = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("articles.jsonl"))) {
      articles.add(new JsonMapper().readTree(line));
    }
    return articles;
  }
}
