package dev.refrain.topology.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    assertThat(ids).hasSizeGreaterThanOrEqualTo(40);
  }

  @Test
  void answerEveryQuestion() throws Exception {
    List<String> texts =
        articles().stream()
            .map(
                article -> article.get("title").textValue() + " " + article.get("text").textValue())
            .toList();
    assertThat(Quickstart.questions())
        .hasSizeGreaterThanOrEqualTo(12)
        .allSatisfy(
            question ->
                assertThat(texts)
                    .as(question.text())
                    .anyMatch(text -> question.answers().stream().anyMatch(text::contains)));
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
