package dev.refrain.topology;

import static dev.refrain.topology.QuestionWay.question;
import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.processors.packing.AnswerSettings;
import dev.refrain.processors.packing.AnswerSettings.Form;
import dev.refrain.processors.retrieval.Hit;
import dev.refrain.schemas.avro.Action;
import dev.refrain.schemas.avro.Answer;
import dev.refrain.schemas.avro.Decision;
import dev.refrain.schemas.avro.Generate;
import dev.refrain.schemas.avro.Passage;
import dev.refrain.schemas.avro.Policy;
import dev.refrain.schemas.avro.Status;
import dev.refrain.schemas.avro.WorkRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a question gets that can be answered, with pools that answer from a script. */
class QaTopologyTest {
  @TempDir Path stateFolder;
  private QuestionWay way;

  @BeforeEach
  void build() {
    way = new QuestionWay(stateFolder);
  }

  @AfterEach
  void close() {
    way.close();
  }

  @Test
  void isTheTopologyThatIsDescribed() throws IOException {
    String described = way.topology.describe().toString();

    try (InputStream golden = getClass().getResourceAsStream("topology.txt")) {
      assertThat(described.lines())
          .containsExactlyElementsOf(
              new String(golden.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    }
  }

  @Test
  void answersAnEasyQuestionInOnePass() {
    way.ask(question("q1", "Which star is the brightest of Lyra?"));
    way.serve();

    Answer answer = way.onlyAnswer();
    assertThat(answer.getStatus()).isEqualTo(Status.ANSWERED);
    assertThat(answer.getText()).isEqualTo("Vega");
    assertThat(answer.getPasses()).isEqualTo(1);
    assertThat(answer.getEvidence()).extracting(Passage::getId).containsExactly("d1#0", "d2#0");
    assertThat(answer.getDigests())
        .containsEntry("model", "model-digest")
        .containsEntry("index", "index-digest");
    assertThat(answer.getAttributes()).containsEntry("asker", "test");
    assertThat(answer.getMilliseconds()).isEqualTo(5.0);
    assertThat(way.decisions()).extracting(Decision::getAction).containsExactly(Action.EMIT);
  }

  @Test
  void choosesAmongTheCandidatesWhereSamplesDisagreeButStandInTheContext() {
    way.model =
        prompt ->
            prompt.getPrompt().endsWith("Choose:")
                ? List.of("Vega")
                : List.of("Lyra", "Vega", "Vega");
    way.ask(question("q1", "Which star?"));
    way.serve();

    Answer answer = way.onlyAnswer();
    assertThat(answer.getText()).isEqualTo("Vega");
    assertThat(answer.getPasses()).isEqualTo(2);
    assertThat(way.prompts.get(1).getPrompt()).contains("- Lyra\n").contains("- Vega\n");
    assertThat(way.prompts.get(1).getSamples()).isZero();
    assertThat(way.decisions())
        .extracting(Decision::getAction)
        .containsExactly(Action.TEXTUAL, Action.EMIT);
  }

  @Test
  void retrievesAgainWithTheCandidatesWhereTheyDoNotStandInTheContext() {
    way.model =
        prompt ->
            way.prompts.size() == 1
                ? List.of("Sirius", "Deneb", "Altair")
                : List.of("Vega", "Vega", "Vega");
    way.ask(question("q1", "Which star?"));
    way.serve();

    assertThat(way.onlyAnswer().getText()).isEqualTo("Vega");
    assertThat(way.queries).hasSize(2);
    assertThat(way.queries.get(1)).startsWith("Which star? ").contains("Sirius", "Deneb", "Altair");
    assertThat(way.decisions())
        .extracting(Decision::getAction)
        .containsExactly(Action.RE_RETRIEVE, Action.EMIT);
  }

  @Test
  void followsAnAnswerThatIsTheTitleOfAnotherPassage() {
    Hit lowell =
        new Hit(
            new dev.refrain.processors.retrieval.Passage(
                "d4#0", "Percival Lowell", "He was born in Boston."),
            5);
    try (QuestionWay following =
        new QuestionWay(stateFolder.resolve("following"), 200, AnswerSettings.FREE, 0.9)) {
      following.found =
          query -> query.equals("Percival Lowell") ? List.of(lowell) : QuestionWay.HITS;
      following.model =
          prompt ->
              following.prompts.size() == 1
                  ? List.of("Percival Lowell", "Percival Lowell", "Vega")
                  : List.of("Boston", "Boston", "Boston");
      following.ask(question("q1", "In which city was the astronomer of Mars born?"));
      following.serve();

      assertThat(following.answers())
          .singleElement()
          .satisfies(
              answer -> {
                assertThat(answer.getText()).isEqualTo("Boston");
                assertThat(answer.getEvidence()).extracting(Passage::getId).containsExactly("d4#0");
              });
      assertThat(following.prompts.getLast().getPrompt())
          .isEqualTo(
              "Percival Lowell: He was born in Boston.\n\nQ: In which city was the astronomer of Mars born?\nA:");
      assertThat(following.decisions())
          .extracting(Decision::getAction)
          .containsExactly(Action.FOLLOW, Action.EMIT);
    }
  }

  @Test
  void keepsAnAnswerWhoseTitleCannotBeLookedUp() {
    try (QuestionWay following =
        new QuestionWay(stateFolder.resolve("unreadable"), 200, AnswerSettings.FREE, 0.9)) {
      following.found =
          query -> {
            if (query.equals("Vega")) {
              throw new UncheckedIOException(new IOException("disk"));
            }
            return QuestionWay.HITS;
          };
      following.ask(question("q1", "In which city was the astronomer of Mars born?"));
      following.serve();

      assertThat(following.queries).contains("Vega");
      assertThat(following.answers())
          .singleElement()
          .satisfies(answer -> assertThat(answer.getText()).isEqualTo("Vega"));
    }
  }

  @Test
  void abstainsWhereTheSecondPassIsDoubtfulToo() {
    way.model = prompt -> List.of("Sirius", "Deneb", "Altair");
    way.ask(question("q1", "Which star?"));
    way.serve();

    Answer answer = way.onlyAnswer();
    assertThat(answer.getStatus()).isEqualTo(Status.ABSTAINED);
    assertThat(answer.getText()).isNull();
    assertThat(answer.getReason()).contains("confidence 0.000 < abstainBelow 0.300");
    assertThat(answer.getPasses()).isEqualTo(2);
  }

  @Test
  void takesADeclinedAnswerForNoneAndRetrievesAgainOrAbstains() {
    try (QuestionWay declining =
        new QuestionWay(
            stateFolder.resolve("declining"),
            200,
            new AnswerSettings(Form.SPAN, List.of("unknown")))) {
      declining.model =
          prompt ->
              declining.prompts.size() % 2 == 1
                  ? List.of("Unknown.", "Vega", "unknown")
                  : List.of("unknown", "unknown", "Vega");
      declining.ask(question("q1", "Which star is it?"));
      declining.serve();

      assertThat(declining.answers())
          .singleElement()
          .satisfies(
              answer -> {
                assertThat(answer.getStatus()).isEqualTo(Status.ABSTAINED);
                assertThat(answer.getReason()).isEqualTo("the last pass gave no answer");
              });
      List<Decision> decisions = declining.decisions();
      assertThat(decisions)
          .extracting(Decision::getAction)
          .containsExactly(Action.RE_RETRIEVE, Action.ABSTAIN);
      assertThat(decisions)
          .allSatisfy(
              decision -> assertThat(decision.getSignals()).containsEntry("declined", 2.0 / 3));
    }
  }

  @Test
  void asksForSpansOfThePackedPassagesAndTheCandidatesWhereItIsTold() {
    try (QuestionWay held =
        new QuestionWay(
            stateFolder.resolve("held"), 200, new AnswerSettings(Form.SPAN, List.of("unknown")))) {
      held.model =
          prompt -> held.prompts.size() == 1 ? List.of("Lyra", "Vega", "Vega") : List.of("Vega");
      held.ask(question("q1", "Which star?"));
      held.serve();

      assertThat(held.prompts).hasSize(2);
      assertThat(held.prompts)
          .allSatisfy(
              prompt -> assertThat(prompt.getSpans().getAlternatives()).containsExactly("unknown"));
      assertThat(sources(held.prompts.get(0)))
          .containsExactly(
              "Lyra",
              "Lyra is a small constellation with Vega.",
              "Vega",
              "Vega is the brightest star of Lyra.");
      assertThat(sources(held.prompts.get(1))).contains("Lyra", "Vega").hasSize(6);
    }
    way.ask(question("q1", "Which star?"));
    way.serve();
    assertThat(way.prompts).extracting(Generate::getSpans).containsOnlyNulls();
  }

  private static List<String> sources(Generate prompt) {
    return prompt.getSpans().getSources().stream()
        .map(source -> prompt.getPrompt().substring(source.getStart(), source.getEnd()))
        .toList();
  }

  @Test
  void ranksByTheScoresOfTheReranker() {
    way.ask(question("q1", "Which star?"));
    WorkRequest request = way.work().getFirst();
    way.answer(
        QuestionWay.result(
            request, new dev.refrain.schemas.avro.Reranked(List.of(0.1, Double.NaN, 0.9))));
    way.serve();

    assertThat(way.onlyAnswer().getEvidence())
        .extracting(Passage::getId)
        .containsExactly("d3#0", "d1#0");
  }

  @Test
  void followsThePolicyThatIsPublished() {
    Map<String, Double> thresholds = new HashMap<>(QuestionWay.settings(200).policy().thresholds());
    thresholds.put("minAgreement", 1.1);
    publish(new Policy("default", 7, thresholds, Map.of(), null, Map.of(), QuestionWay.START));
    way.ask(question("q1", "Which star?"));
    way.serve();

    Answer answer = way.onlyAnswer();
    assertThat(answer.getPasses()).isEqualTo(2);
    assertThat(answer.getPolicyVersion()).isEqualTo(7);
  }

  @Test
  void keepsThePolicyInForceWhereAPublishedOneIsUnusable() {
    publish(new Policy("default", 8, Map.of(), Map.of(), null, Map.of(), QuestionWay.START));
    way.ask(question("q1", "Which star?"));
    way.serve();

    assertThat(way.onlyAnswer().getPolicyVersion()).isEqualTo(1);
  }

  private void publish(Policy policy) {
    way.driver
        .createInputTopic(
            QuestionWay.TOPICS.policies().name(), new StringSerializer(), new ByteArraySerializer())
        .pipeInput(policy.getName(), way.codecs.policies().encode("qa.policies", policy));
  }

  @Test
  void carriesTheTraceFromTheQuestionToTheAnswer() {
    byte[] trace = "00-1-2-01".getBytes(StandardCharsets.UTF_8);
    RecordHeaders headers = new RecordHeaders();
    headers.add("traceparent", trace);
    byte[] value = way.codecs.questions().encode("qa.questions", question("q1", "Which star?"));
    way.questions().pipeInput(new TestRecord<>("q1", value, headers, QuestionWay.START));
    way.serve();

    assertThat(way.answerRecords())
        .singleElement()
        .satisfies(
            answer ->
                assertThat(answer.headers().lastHeader("traceparent").value()).isEqualTo(trace));
  }

  @Test
  void givesEqualQuestionsEqualWork() {
    way.ask(question("q1", "Which star?"));
    way.ask(question("q2", "Which star?"));
    way.ask(question("q3", "Which planet?"));

    List<WorkRequest> work = way.work();
    assertThat(work.get(0).getWorkId()).isEqualTo(work.get(1).getWorkId()).hasSize(64);
    assertThat(work.get(2).getWorkId()).isNotEqualTo(work.get(0).getWorkId());
  }
}
