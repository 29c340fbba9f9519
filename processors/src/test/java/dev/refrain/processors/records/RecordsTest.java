package dev.refrain.processors.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.processors.question.Candidate;
import dev.refrain.processors.question.Cost;
import dev.refrain.processors.question.PendingQuestion;
import dev.refrain.processors.question.Question;
import dev.refrain.processors.question.Route;
import dev.refrain.processors.retrieval.Hit;
import dev.refrain.processors.retrieval.Passage;
import dev.refrain.schemas.serde.StateSerde;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;

class RecordsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest
  @NullSource
  @EnumSource(Route.class)
  void remembersAllOfAPendingQuestion(Route route) {
    PendingQuestion pending =
        new PendingQuestion(
            new Question("q", "Why?", "qa", NOW, NOW.plusSeconds(5), Map.of("a", "b")),
            "00-1-2-01",
            route,
            new PendingQuestion.Awaited("work", "lm"),
            new PendingQuestion.Context(
                "digest", List.of(new Hit(new Passage("p", "title", "text"), 1.5))),
            List.of(new Candidate("Vega", 2, -0.5)),
            new Cost(1, 20, 30, 4.5));

    try (Serde<dev.refrain.schemas.avro.PendingQuestion> serde =
        StateSerde.of(
            dev.refrain.schemas.avro.PendingQuestion.getEncoder(),
            dev.refrain.schemas.avro.PendingQuestion.getDecoder())) {
      byte[] bytes = serde.serializer().serialize("store", Records.pending(pending));
      assertThat(Records.pending(serde.deserializer().deserialize("store", bytes)))
          .isEqualTo(pending);
    }
  }

  @Test
  void givesAQuestionWithoutADeadlineTheTimeLimit() {
    var record = new dev.refrain.schemas.avro.Question("q", "Why?", "qa", NOW, null, Map.of());

    assertThat(Records.question(record, Duration.ofSeconds(7)).deadline())
        .isEqualTo(NOW.plusSeconds(7));
  }
}
