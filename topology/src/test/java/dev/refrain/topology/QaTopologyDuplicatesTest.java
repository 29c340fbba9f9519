package dev.refrain.topology;

import static dev.refrain.topology.QuestionWay.question;
import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.schemas.avro.Answer;
import dev.refrain.schemas.avro.Question;
import dev.refrain.schemas.avro.WorkRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions, results and endings that come more than once. */
class QaTopologyDuplicatesTest {
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
}
