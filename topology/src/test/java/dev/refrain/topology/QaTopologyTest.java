package dev.refrain.topology;

import static dev.refrain.topology.QuestionWay.question;
import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.processors.packing.AnswerSettings;
import dev.refrain.processors.packing.AnswerSettings.Form;
import dev.refrain.schemas.Topics;
import dev.refrain.schemas.avro.Action;
import dev.refrain.schemas.avro.Answer;
import dev.refrain.schemas.avro.DeadLetter;
import dev.refrain.schemas.avro.Decision;
import dev.refrain.schemas.avro.FailureKind;
import dev.refrain.schemas.avro.Generate;
import dev.refrain.schemas.avro.Passage;
import dev.refrain.schemas.avro.Policy;
import dev.refrain.schemas.avro.Question;
import dev.refrain.schemas.avro.Status;
import dev.refrain.schemas.avro.WorkFailure;
import dev.refrain.schemas.avro.WorkRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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

/** Every way a question can end, with pools that answer from a script. */
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

  private Answer only() {
    List<Answer> answers = way.answers();
    assertThat(answers).hasSize(1);
    return answers.getFirst();
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

    Answer answer = only();
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

    Answer answer = only();
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

    assertThat(only().getText()).isEqualTo("Vega");
    assertThat(way.queries).hasSize(2);
    assertThat(way.queries.get(1)).startsWith("Which star? ").contains("Sirius", "Deneb", "Altair");
    assertThat(way.decisions())
        .extracting(Decision::getAction)
        .containsExactly(Action.RE_RETRIEVE, Action.EMIT);
  }

  @Test
  void abstainsWhereTheSecondPassIsDoubtfulToo() {
    way.model = prompt -> List.of("Sirius", "Deneb", "Altair");
    way.ask(question("q1", "Which star?"));
    way.serve();

    Answer answer = only();
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
  void failsAnInvalidQuestionAndSaysWhy() {
    way.ask(question("empty", "  "));
    way.ask(question("long", "x".repeat(101)));
    way.ask(new Question("task", "Why?", "poetry", QuestionWay.START, null, Map.of()));
    way.ask(
        new Question(
            "late", "Why?", "qa", QuestionWay.START, QuestionWay.START.minusSeconds(1), Map.of()));

    List<Answer> answers = way.answers();
    assertThat(answers).extracting(Answer::getStatus).containsOnly(Status.FAILED);
    assertThat(answers)
        .extracting(Answer::getQuestionId)
        .containsExactly("empty", "long", "task", "late");
    assertThat(answers.get(0).getReason()).contains("empty");
    assertThat(answers.get(1).getReason()).contains("101", "100");
    assertThat(answers.get(2).getReason()).contains("poetry", "[qa]");
    assertThat(answers.get(3).getReason()).contains("deadline");
    assertThat(way.work()).isEmpty();
  }

  @Test
  void failsAQuestionAtItsDeadline() {
    way.ask(question("q1", "Which star?"));
    way.driver.advanceWallClockTime(Duration.ofSeconds(29));
    assertThat(way.answers()).isEmpty();

    way.driver.advanceWallClockTime(Duration.ofSeconds(2));
    Answer answer = only();
    assertThat(answer.getStatus()).isEqualTo(Status.FAILED);
    assertThat(answer.getReason()).contains("deadline", "rerank");

    way.serve();
    assertThat(way.answers()).as("a result after the deadline").isEmpty();
    assertThat(way.counted("refrain.suppressed", "reason", "STALE_RESULT")).isEqualTo(1);
  }

  @Test
  void putsUndecodableBytesOnTheDeadLetterTopicAndGoesOn() {
    byte[] junk = "not a question".getBytes(StandardCharsets.UTF_8);
    way.askBytes("q0", junk);
    way.results().pipeInput("q0", junk);
    way.ask(question("q1", "Which star?"));
    way.serve();

    List<DeadLetter> dead = way.deadLetters();
    assertThat(dead)
        .extracting(DeadLetter::getStage)
        .containsExactly("accept-question", "match-result");
    assertThat(dead.getFirst().getValue()).isEqualTo(ByteBuffer.wrap(junk));
    assertThat(dead.getFirst().getReason()).contains("14 bytes, the first 0x6e");
    assertThat(dead.getFirst().getTopic()).isEqualTo("qa.questions");
    assertThat(only().getQuestionId()).isEqualTo("q1");
  }

  @Test
  void refusesAQuestionUnderAnotherKey() {
    way.askBytes("other", way.codecs.questions().encode("qa.questions", question("q1", "Why?")));

    assertThat(way.deadLetters())
        .singleElement()
        .satisfies(dead -> assertThat(dead.getReason()).contains("'other'", "'q1'"));
    assertThat(way.answers()).isEmpty();
  }

  @Test
  void suppressesADuplicateQuestionWhilePendingAndAfterwards() {
    way.ask(question("q1", "Which star?"));
    way.ask(question("q1", "Which star?"));
    way.serve();
    way.ask(question("q1", "Which star?"));
    way.serve();

    assertThat(way.answers()).hasSize(1);
    assertThat(way.counted("refrain.suppressed", "reason", "DUPLICATE_QUESTION")).isEqualTo(2);
  }

  @Test
  void suppressesTheEndingOfAQuestionThatAKilledProcessHasEnded() {
    way.endedEarlier.add("q1");
    way.ask(question("q1", "Which star?"));
    way.ask(question("q2", "Which star?"));
    way.serve();
    way.ask(question("q1", "Which star?"));

    assertThat(way.answers()).extracting(Answer::getQuestionId).containsExactly("q2");
    assertThat(way.counted("refrain.suppressed", "reason", "DUPLICATE_ENDING")).isEqualTo(1);
    assertThat(way.counted("refrain.suppressed", "reason", "DUPLICATE_QUESTION")).isEqualTo(1);
  }

  @Test
  void forgetsAFinishedIdAfterItsRetention() {
    way.ask(question("q1", "Which star?"));
    way.serve();
    way.driver.advanceWallClockTime(Duration.ofMinutes(61));
    way.ask(askedAfter(61));
    way.serve();

    assertThat(way.answers()).hasSize(2);
  }

  @Test
  void remembersAFinishedIdForItsRetentionWhereverTheHourBegins() {
    way.driver.advanceWallClockTime(Duration.ofMinutes(50));
    way.ask(askedAfter(50));
    way.serve();
    way.driver.advanceWallClockTime(Duration.ofMinutes(59));
    way.ask(askedAfter(109));
    way.serve();
    assertThat(way.answers()).hasSize(1);

    way.driver.advanceWallClockTime(Duration.ofMinutes(2));
    way.ask(askedAfter(111));
    way.serve();
    assertThat(way.answers()).hasSize(1);
    assertThat(way.counted("refrain.suppressed", "reason", "DUPLICATE_QUESTION")).isEqualTo(1);
  }

  private static Question askedAfter(int minutes) {
    Instant askedAt = QuestionWay.START.plus(Duration.ofMinutes(minutes));
    return new Question("q1", "Which star?", "qa", askedAt, null, Map.of());
  }

  @Test
  void suppressesDuplicateAndUnknownResults() {
    way.ask(question("q1", "Which star?"));
    WorkRequest request = way.work().getFirst();
    var scores = new dev.refrain.schemas.avro.Reranked(List.of(3.0, 2.0, 1.0));
    way.answer(QuestionWay.result(request, scores));
    way.answer(QuestionWay.result(request, scores));
    WorkRequest strange = WorkRequest.newBuilder(request).setQuestionId("nobody").build();
    way.answer(QuestionWay.result(strange, scores));
    way.serve();

    assertThat(way.answers()).hasSize(1);
    assertThat(way.counted("refrain.suppressed", "reason", "STALE_RESULT")).isEqualTo(1);
    assertThat(way.counted("refrain.suppressed", "reason", "UNKNOWN_RESULT")).isEqualTo(1);
  }

  @Test
  void ranksByTheScoresOfTheReranker() {
    way.ask(question("q1", "Which star?"));
    WorkRequest request = way.work().getFirst();
    way.answer(
        QuestionWay.result(
            request, new dev.refrain.schemas.avro.Reranked(List.of(0.1, Double.NaN, 0.9))));
    way.serve();

    assertThat(only().getEvidence()).extracting(Passage::getId).containsExactly("d3#0", "d1#0");
  }

  @Test
  void endsRefusedAndExpiredWorkAsAFailure() {
    way.ask(question("q1", "Which star?"));
    way.ask(question("q2", "Which star?"));
    List<WorkRequest> work = way.work();
    way.answer(
        QuestionWay.result(work.get(0), new WorkFailure(FailureKind.REFUSED, "wrong model", null)));
    way.answer(
        QuestionWay.result(work.get(1), new WorkFailure(FailureKind.EXPIRED, "2 s late", null)));

    List<Answer> answers = way.answers();
    assertThat(answers).extracting(Answer::getStatus).containsOnly(Status.FAILED);
    assertThat(answers.get(0).getReason()).contains("refused", "wrong model");
    assertThat(answers.get(1).getReason()).contains("deadline", "2 s late");
  }

  @Test
  void endsPoisonWorkAsOneDeadLetterAndNoAnswer() {
    way.ask(question("q1", "Which star?"));
    ByteBuffer raw = ByteBuffer.wrap(new byte[] {1, 2, 3});
    way.answer(
        QuestionWay.result(
            way.work().getFirst(), new WorkFailure(FailureKind.POISON, "failed 3 times", raw)));
    way.driver.advanceWallClockTime(Duration.ofMinutes(2));

    assertThat(way.answers()).isEmpty();
    assertThat(way.deadLetters())
        .singleElement()
        .satisfies(
            dead -> {
              assertThat(dead.getQuestionId()).isEqualTo("q1");
              assertThat(dead.getStage()).isEqualTo(Topics.RERANK);
              assertThat(dead.getReason()).isEqualTo("failed 3 times");
              assertThat(dead.getValue()).isEqualTo(raw);
            });
  }

  @Test
  void endsAQuestionWithOneDeadLetterWhereAStageFailsUnforeseen() {
    way.model =
        prompt -> {
          way.onRetrieve =
              () -> {
                throw new IllegalStateException("nobody foresaw this");
              };
          return List.of("Sirius", "Deneb", "Altair");
        };
    way.ask(question("q1", "Which star?"));
    way.serve();
    way.driver.advanceWallClockTime(Duration.ofMinutes(2));
    way.ask(question("q1", "Which star?"));

    assertThat(way.answers()).isEmpty();
    assertThat(way.deadLetters())
        .singleElement()
        .satisfies(
            dead -> {
              assertThat(dead.getStage()).isEqualTo("retrieve-passages");
              assertThat(dead.getReason()).contains("nobody foresaw this");
              assertThat(dead.getTopic()).isEqualTo("qa.results");
            });
    assertThat(way.counted("refrain.suppressed", "reason", "DUPLICATE_QUESTION")).isEqualTo(1);
  }

  @Test
  void failsAQuestionThatDoesNotFitTheModel(@TempDir Path other) {
    try (QuestionWay narrow = new QuestionWay(other, 14)) {
      narrow.ask(question("q1", "one two three four five six seven"));
      narrow.serve();

      assertThat(narrow.answers())
          .singleElement()
          .satisfies(
              answer -> {
                assertThat(answer.getStatus()).isEqualTo(Status.FAILED);
                assertThat(answer.getReason()).contains("budget of 6 tokens");
              });
    }
  }

  @Test
  void followsThePolicyThatIsPublished() {
    Map<String, Double> thresholds = new HashMap<>(QuestionWay.settings(200).policy().thresholds());
    thresholds.put("minAgreement", 1.1);
    publish(new Policy("default", 7, thresholds, Map.of(), null, Map.of(), QuestionWay.START));
    way.ask(question("q1", "Which star?"));
    way.serve();

    Answer answer = only();
    assertThat(answer.getPasses()).isEqualTo(2);
    assertThat(answer.getPolicyVersion()).isEqualTo(7);
  }

  @Test
  void keepsThePolicyInForceWhereAPublishedOneIsUnusable() {
    publish(new Policy("default", 8, Map.of(), Map.of(), null, Map.of(), QuestionWay.START));
    way.ask(question("q1", "Which star?"));
    way.serve();

    assertThat(only().getPolicyVersion()).isEqualTo(1);
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
