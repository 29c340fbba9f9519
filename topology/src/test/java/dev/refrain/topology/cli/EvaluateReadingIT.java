package dev.refrain.topology.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.refrain.processors.retrieval.IndexBuilder;
import dev.refrain.processors.retrieval.IndexSettings;
import dev.refrain.processors.retrieval.Passage;
import dev.refrain.processors.retrieval.documents.BadLineHandler;
import dev.refrain.processors.retrieval.documents.Corpus;
import dev.refrain.topology.client.QuestionFile;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.evaluate.Evaluation;
import dev.refrain.topology.evaluate.Graded;
import dev.refrain.topology.evaluate.reading.ReadingFile;
import dev.refrain.topology.evaluate.reading.ReadingQuestion;
import dev.refrain.topology.serve.ScratchFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The house model reads a few invented paragraphs. */
class EvaluateReadingIT {
  private static final Path FIXTURES =
      Path.of("src/test/resources/dev/refrain/topology/evaluate/reading");
  private static final String HARBOUR = FIXTURES.resolve("harbour.json").toString();
  private static final String PEOPLE = FIXTURES.resolve("people.jsonl").toString();
  private static final JsonMapper MAPPER = new JsonMapper();

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @Test
  void gradesSpansOfTheParagraphsAlikeInEachRun() throws Exception {
    Path first = folder.resolve("first.jsonl");
    assertThat(read("--json", "--out", first.toString(), HARBOUR, PEOPLE)).isZero();
    List<JsonNode> summaries = json(out.toString().lines().toList());
    Path second = folder.resolve("second.jsonl");
    assertThat(read("--out", second.toString(), HARBOUR, PEOPLE)).isZero();

    List<JsonNode> readings = json(Files.readAllLines(first));
    assertThat(second).hasSameBinaryContentAs(first);
    assertThat(out.toString().lines()).hasSize(3);
    assertThat(summaries)
        .extracting(summary -> summary.get("questions").intValue())
        .containsExactly(7, 3);
    checkSummary(summaries.get(0), readings.subList(0, 7));
    checkSummary(summaries.get(1), readings.subList(7, 10));
    checkReadings(readings);
    assertThat(readings).anyMatch(reading -> reading.get("exactMatch").intValue() == 1);
  }

  private static void checkSummary(JsonNode summary, List<JsonNode> readings) {
    assertThat(summary.at("/exactMatch/mean").doubleValue())
        .isCloseTo(mean(readings, EvaluateReadingIT::exactMatch), within(1e-9));
    assertThat(summary.at("/f1/mean").doubleValue())
        .isCloseTo(mean(readings, EvaluateReadingIT::f1), within(1e-9));
    assertThat(summary.get("declined").doubleValue())
        .isCloseTo(mean(readings, r -> r.get("answer").isNull() ? 1 : 0), within(1e-9));
    List<JsonNode> answered = readings.stream().filter(r -> !r.get("answer").isNull()).toList();
    assertThat(summary.get("exactMatchAnswered").doubleValue())
        .isCloseTo(mean(answered, EvaluateReadingIT::exactMatch), within(1e-9));
  }

  private static void checkReadings(List<JsonNode> readings) throws IOException {
    List<ReadingQuestion> questions = questions();
    for (int i = 0; i < readings.size(); i++) {
      JsonNode reading = readings.get(i);
      assertThat(reading.get("id").textValue()).isEqualTo(questions.get(i).question().id());
      assertThat(reading.get("exactMatch").intValue()).isEqualTo(exactMatch(reading));
      assertThat(reading.get("f1").doubleValue()).isCloseTo(f1(reading), within(1e-9));
      assertThat(reading.get("confidence").doubleValue()).isBetween(0.0, 1.0);
      assertThat(reading.get("cut").booleanValue()).isFalse();
      if (!reading.get("answer").isNull()) {
        Passage paragraph = questions.get(i).paragraph();
        assertThat(paragraph.title() + "\n" + paragraph.text())
            .contains(reading.get("answer").textValue());
      }
    }
  }

  /** The whole way, over brokers and an index, gives the same answers to the same passages. */
  @Test
  void answersAsTheTopologyDoesInOnePass() throws Exception {
    Path lines = folder.resolve("readings.jsonl");
    assertThat(read("--out", lines.toString(), HARBOUR, PEOPLE)).isZero();
    List<JsonNode> readings = json(Files.readAllLines(lines));
    List<ReadingQuestion> questions = questions();

    List<Passage> paragraphs =
        questions.stream().map(ReadingQuestion::paragraph).distinct().toList();
    List<Graded> graded = theWholeWay(questions, paragraphs);

    int compared = 0;
    for (int i = 0; i < readings.size(); i++) {
      String gold = paragraphs.indexOf(questions.get(i).paragraph()) + "#0";
      if (graded.get(i).evidence().equals(List.of(gold))) {
        compared++;
        JsonNode reading = readings.get(i);
        assertThat(reading.get("answer").textValue()).isEqualTo(graded.get(i).answer());
        assertThat(reading.get("confidence").doubleValue())
            .isCloseTo(graded.get(i).confidence(), within(1e-9));
      }
    }
    assertThat(compared).as("questions whose paragraph was found").isGreaterThan(5);
  }

  private List<Graded> theWholeWay(List<ReadingQuestion> questions, List<Passage> paragraphs)
      throws Exception {
    List<String> documents = new ArrayList<>();
    for (int i = 0; i < paragraphs.size(); i++) {
      Passage paragraph = paragraphs.get(i);
      documents.add(
          MAPPER.writeValueAsString(
              Map.of("id", "" + i, "title", paragraph.title(), "text", paragraph.text())));
    }
    Path corpus = Files.write(folder.resolve("corpus.jsonl"), documents);
    Path index = folder.resolve("index");
    new IndexBuilder(IndexSettings.DEFAULT, BadLineHandler.FAIL, progress -> {})
        .build(Corpus.at(corpus), index);
    List<Graded> graded = new ArrayList<>();
    try (ScratchFolder scratch = ScratchFolder.make("refrain-reading")) {
      List<String> settings = new ArrayList<>(scratch.settings());
      settings.add("retrieval.index=" + index);
      settings.add("retrieval.topK=1");
      settings.add("reader.samples=0");
      settings.add("policy.thresholds.maxPasses=1");
      settings.add("policy.thresholds.abstainBelow=0");
      Configuration configuration =
          Configuration.load(Optional.empty(), settings, Map.of(), HousePreset::make)
              .configuration();
      List<QuestionFile.Line> lines =
          questions.stream()
              .map(ReadingQuestion::question)
              .map(gold -> new QuestionFile.Line(gold.id(), gold.text(), "qa", gold.answers()))
              .toList();
      new Evaluation(configuration, 8, Duration.ofMinutes(5)).run(lines, graded::add);
    }
    return graded;
  }

  @Test
  void cutsWhatDoesNotFit() throws Exception {
    Path lines = folder.resolve("readings.jsonl");
    assertThat(
            read(
                "--json",
                "--out",
                lines.toString(),
                "--set",
                "model.contextLength=112",
                "--set",
                "packing.firstPassSentences=0",
                HARBOUR))
        .isZero();
    JsonNode summary = MAPPER.readTree(out.toString());
    List<JsonNode> readings = json(Files.readAllLines(lines));
    ReadingQuestion name = questions().get(6);

    assertThat(summary.get("cut").intValue()).isEqualTo(count(readings, "cut")).isGreaterThan(1);
    assertThat(summary.get("answersCut").intValue()).isEqualTo(count(readings, "answerCut"));
    assertThat(readings.get(6).get("id").textValue()).isEqualTo("name");
    assertThat(readings.get(6).get("answerCut").booleanValue()).isTrue();
    assertThat(readings.get(5).get("cut").booleanValue()).isTrue();
    assertThat(readings.get(5).get("answerCut").booleanValue()).isFalse();
    String beginning =
        name.paragraph().text().substring(0, name.paragraph().text().indexOf("Whoever"));
    assertThat(name.paragraph().title() + "\n" + beginning)
        .contains(readings.get(6).get("answer").asText(""));
  }

  @Test
  void refusesWhatItCannotRead() throws IOException {
    assertThat(read()).isEqualTo(2);
    assertThat(err.toString()).contains("FILE");
    assertThat(read("--limit", "0", HARBOUR)).isEqualTo(2);
    assertThat(err.toString()).contains("--limit is 0, must be 1 or more");
    Path bad = Files.writeString(folder.resolve("bad.json"), "{\"data\": 7}");
    assertThat(read(bad.toString())).isEqualTo(1);
    assertThat(err.toString()).contains(bad + ", line 1, data: must be a list");
    assertThat(read("--set", "model.contextLength=25", HARBOUR)).isEqualTo(1);
    assertThat(err.toString())
        .contains(HARBOUR + ", question founded: ", "budget of 5 tokens", "shorten the question")
        .doesNotContain("\tat ");
  }

  private int read(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of("evaluate", "reading"));
    all.addAll(List.of(args));
    return Refrain.run(new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
  }

  private static List<ReadingQuestion> questions() throws IOException {
    List<ReadingQuestion> questions = new ArrayList<>();
    questions.addAll(ReadingFile.read(Path.of(HARBOUR)).questions());
    questions.addAll(ReadingFile.read(Path.of(PEOPLE)).questions());
    return questions;
  }

  private static List<JsonNode> json(List<String> lines) throws IOException {
    List<JsonNode> values = new ArrayList<>();
    for (String line : lines) {
      values.add(MAPPER.readTree(line));
    }
    return values;
  }

  private static int count(List<JsonNode> readings, String flag) {
    return (int) readings.stream().filter(reading -> reading.get(flag).booleanValue()).count();
  }

  private static double mean(List<JsonNode> readings, ToDoubleFunction<JsonNode> figure) {
    return readings.stream().mapToDouble(figure).average().orElse(0);
  }

  private static int exactMatch(JsonNode reading) {
    String answer = normalized(reading.get("answer").asText(""));
    for (JsonNode gold : reading.get("answers")) {
      if (!reading.get("answer").isNull() && normalized(gold.textValue()).equals(answer)) {
        return 1;
      }
    }
    return 0;
  }

  /** As {@code f1_score} and {@code metric_max_over_ground_truths} of SQuAD's evaluate-v1.1.py. */
  private static double f1(JsonNode reading) {
    double best = 0;
    for (JsonNode gold : reading.get("answers")) {
      List<String> left = new ArrayList<>(tokens(gold.textValue()));
      List<String> answer =
          reading.get("answer").isNull() ? List.of() : tokens(reading.get("answer").textValue());
      int all = left.size();
      double same = answer.stream().filter(left::remove).count();
      best = Math.max(best, same == 0 ? 0 : 2 * same / (answer.size() + all));
    }
    return best;
  }

  private static List<String> tokens(String answer) {
    return Arrays.asList(normalized(answer).split(" ", -1));
  }

  /** As {@code normalize_answer} of SQuAD's evaluate-v1.1.py. */
  private static String normalized(String answer) {
    return answer
        .toLowerCase(Locale.ROOT)
        .replaceAll("\\p{Punct}", "")
        .replaceAll("\\b(a|an|the)\\b", " ")
        .strip()
        .replaceAll("\\s+", " ");
  }
}
