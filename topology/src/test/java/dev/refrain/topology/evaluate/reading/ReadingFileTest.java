package dev.refrain.topology.evaluate.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refrain.processors.retrieval.Passage;
import dev.refrain.processors.scoring.GoldQuestion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingFileTest {
  private static final String SQUAD =
      """
      {"version": "v2.0", "data": [
        {"title": "Old_Mill", "paragraphs": [
          {"context": "The mill  grinds\\nrye.", "qas": [
            {"id": "q1", "question": "What is ground?", "is_impossible": false,
             "answers": [{"text": "rye", "answer_start": 17}, {"text": "rye", "answer_start": 17}]},
            {"id": "q2", "question": "Who owns it?", "is_impossible": true, "answers": [],
             "plausible_answers": []}]},
          {"context": "It has two wheels.", "qas": [
            {"question": "How many wheels?", "answers": [{"text": "two"}]}]}]}]}
      """;

  private static final String LINES =
      """
      {"question": "who paints", "answers": ["Ada", "Ada Ro"], "ctxs": [
        {"title": "Tea", "text": "Tea is hot."}, {"title": "Ada", "text": "Ada paints.", "isgold": true}]}

      {"id": "x", "question": "who sings", "answers": ["Bo"], "ctxs": [{"text": "Bo sings."}]}
      """;

  @TempDir private Path folder;

  @Test
  void readsSquadWithoutItsUnanswerableQuestions() throws IOException {
    ReadingFile file = ReadingFile.read(write(SQUAD));

    assertThat(file.questions())
        .containsExactly(
            new ReadingQuestion(
                new GoldQuestion("q1", "What is ground?", List.of("rye")),
                new Passage("Old Mill", "Old Mill", "The mill grinds rye.")),
            new ReadingQuestion(
                new GoldQuestion("3", "How many wheels?", List.of("two")),
                new Passage("Old Mill", "Old Mill", "It has two wheels.")));
    assertThat(file.unanswerable()).isEqualTo(1);
  }

  @Test
  void readsTheGoldPassagesOfNqOpen() throws IOException {
    ReadingFile file = ReadingFile.read(write(LINES));

    assertThat(file.questions())
        .containsExactly(
            new ReadingQuestion(
                new GoldQuestion("1", "who paints", List.of("Ada", "Ada Ro")),
                new Passage("1", "Ada", "Ada paints.")),
            new ReadingQuestion(
                new GoldQuestion("x", "who sings", List.of("Bo")),
                new Passage("x", "", "Bo sings.")));
    assertThat(file.unanswerable()).isZero();
    assertThat(file.first(1).questions()).isEqualTo(file.questions().subList(0, 1));
  }

  @Test
  void unpacksWhateverTheFileIsCalled() throws IOException {
    for (String text : List.of(SQUAD, LINES)) {
      List<ReadingQuestion> plain = ReadingFile.read(write(text)).questions();
      assertThat(ReadingFile.read(write(gzipped(text))).questions()).isEqualTo(plain);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"data": 7}                                              | , line 1, data: must be a list
          {"data": [{}]}                                           | , line 1, data[0]: "paragraphs" is missing
          {"data": [{"paragraphs": [{"context": " ", "qas": []}]}]} | data[0].paragraphs[0]: "context" is blank
          {"data": [{"paragraphs": [{"context": "x", "qas": [{"question": "a"}]}]}]} | paragraphs[0].qas[0]: "answers" is missing
          {"data": [{"paragraphs": [{"context": ["x"], "qas": []}]}]} | data[0].paragraphs[0].context: must be a text
          {"question": "a", "answers": [], "ctxs": [{"text": "x"}]} | , line 1: "answers" is empty
          {"question": "a", "answers": [null], "ctxs": [{"text": "x"}]} | "answers" holds a null
          {"question": "a", "answers": ["x"]}                      | , line 1: "ctxs" is missing
          {"question": "a", "answers": ["x"], "ctxs": ["x"]}       | , line 1, ctxs[0]: must be an object
          {"question": "a", "answers": ["x"], "ctxs": [{"text": "x"}, {"text": "y"}]} | none of the 2 "ctxs" is marked "isgold"
          {"text": "a", "title": "b"}                              | neither SQuAD nor NQ-open gold
          [1]                                                      | neither SQuAD nor NQ-open gold
          ``                                                       | neither SQuAD nor NQ-open gold
          """)
  void saysWhatIsWrongWithAFile(String text, String message) throws IOException {
    Path file = write(text);
    assertThatThrownBy(() -> ReadingFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message)
        .hasMessageNotContaining("dev.refrain");
  }

  @Test
  void namesTheLineOfAFault() throws IOException {
    Path squad = write(SQUAD.replace("\"How many wheels?\"", "\"\""));
    assertThatThrownBy(() -> ReadingFile.read(squad))
        .hasMessageStartingWith(squad + ", line 9, data[0].paragraphs[1].qas[0]: \"question\"");
    Path cut = write(SQUAD.substring(0, SQUAD.indexOf("grinds")));
    assertThatThrownBy(() -> ReadingFile.read(cut)).hasMessageContaining(", line 3, ", "not JSON");
    Path lines = write(LINES + "nonsense\n");
    assertThatThrownBy(() -> ReadingFile.read(lines)).hasMessageContaining(", line 5: not JSON");
  }

  @Test
  void knowsADamagedArchive() throws IOException {
    byte[] bytes = gzipped(LINES);
    Path file = write(Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> ReadingFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("incomplete gzip")
        .hasMessageContaining("fetch the file again");
    assertThatThrownBy(() -> ReadingFile.read(folder.resolve("absent")))
        .isInstanceOf(NoSuchFileException.class);
  }

  private Path write(String text) throws IOException {
    return write(text.getBytes(StandardCharsets.UTF_8));
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("questions"), bytes);
  }

  private static byte[] gzipped(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
