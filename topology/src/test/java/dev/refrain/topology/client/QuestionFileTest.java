package dev.refrain.topology.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuestionFileTest {
  private static final String TEXT =
      """
      Who is it?

      {"id": "nq1", "question": "Where?", "answers": ["here", "there"], "task": "trivia"}
      {"question": "When?"}
      """;

  @TempDir Path folder;

  @Test
  void readsPlainLinesAndJsonLines() throws IOException {
    Path file = Files.writeString(folder.resolve("questions.txt"), TEXT);
    assertThat(QuestionFile.read(file))
        .containsExactly(
            new QuestionFile.Line("1", "Who is it?", "qa", List.of()),
            new QuestionFile.Line("nq1", "Where?", "trivia", List.of("here", "there")),
            new QuestionFile.Line("4", "When?", "qa", List.of()));
  }

  @Test
  void unpacksGzippedFiles() throws IOException {
    Path file = folder.resolve("questions.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(TEXT.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(QuestionFile.read(file)).hasSize(3);
  }

  @Test
  void namesTheLineThatIsNoQuestion() throws IOException {
    Path broken = Files.writeString(folder.resolve("a.jsonl"), "Fine?\n{\"question\": \n");
    assertThatThrownBy(() -> QuestionFile.read(broken))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a.jsonl, line 2: not JSON");
    Path other = Files.writeString(folder.resolve("b.jsonl"), "{\"query\": \"What?\"}\n");
    assertThatThrownBy(() -> QuestionFile.read(other))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("b.jsonl, line 1: has no text \"question\"; its keys are [query]");
  }

  @Test
  void givesEveryQuestionOfARunAnIdOfItsOwn() {
    List<QuestionFile.Line> lines =
        List.of(
            new QuestionFile.Line("x", "Who?", "qa", List.of()),
            new QuestionFile.Line("x", "Where?", "qa", List.of()));
    List<AskedQuestion> asked = AskedQuestion.all(lines, "run", Duration.ofSeconds(1));
    assertThat(asked).extracting(AskedQuestion::id).containsExactly("run-1", "run-2");
    assertThat(asked).extracting(AskedQuestion::attributes).containsOnly(Map.of("id", "x"));
  }
}
