package dev.refrain.topology;

import static dev.refrain.topology.QuestionWay.question;
import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.schemas.Topics;
import dev.refrain.schemas.avro.Answer;
import dev.refrain.schemas.avro.DeadLetter;
import dev.refrain.schemas.avro.FailureKind;
import dev.refrain.schemas.avro.Question;
import dev.refrain.schemas.avro.Status;
import dev.refrain.schemas.avro.WorkFailure;
import dev.refrain.schemas.avro.WorkRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a question ends that has no answer, with pools that answer from a script. */
class QaTopologyFailuresTest {
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
    Answer answer = way.onlyAnswer();
    assertThat(answer.getStatus()).isEqualTo(Status.FAILED);
    assertThat(answer.getReason()).contains("deadline", "rerank");

    way.serve();
    assertThat(way.answers()).as("a result after the deadline").isEmpty();
    assertThat(way.counted("refrain.suppressed", "reason", "STALE_RESULT")).isEqualTo(1);
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
    assertThat(way.onlyAnswer().getQuestionId()).isEqualTo("q1");
  }

  @Test
  void refusesAQuestionUnderAnotherKey() {
    way.askBytes("other", way.codecs.questions().encode("qa.questions", question("q1", "Why?")));

    assertThat(way.deadLetters())
        .singleElement()
        .satisfies(dead -> assertThat(dead.getReason()).contains("'other'", "'q1'"));
    assertThat(way.answers()).isEmpty();
  }
}
