package dev.refrain.processors.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.processors.question.PendingQuestion;
import dev.refrain.processors.question.Question;
import dev.refrain.processors.retrieval.Hit;
import dev.refrain.processors.retrieval.Passage;
import dev.refrain.processors.work.AnswerSpans.Range;
import dev.refrain.schemas.avro.Generate;
import dev.refrain.schemas.avro.Spans;
import dev.refrain.schemas.avro.TextRange;
import dev.refrain.schemas.avro.WorkRequest;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkRequestsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final GenerationSettings SETTINGS =
      new GenerationSettings(16, 8, 1.0, 1.0, List.of("\n"), 0);
  private final WorkRequests requests = new WorkRequests("model", "identity");

  private static PendingQuestion pending(String id) {
    return PendingQuestion.of(
        new Question(id, "Why?", "qa", NOW, NOW.plusSeconds(9), Map.of()), null);
  }

  @Test
  void givesEqualWorkEqualIdsWhoeverAsksAndWhenever() {
    assertThat(requests.generate(pending("a"), "prompt", null, SETTINGS, NOW).getWorkId())
        .isEqualTo(
            requests
                .generate(pending("b"), "prompt", null, SETTINGS, NOW.plusSeconds(1))
                .getWorkId())
        .matches("[0-9a-f]{64}");
  }

  @Test
  void asksForTheAttachmentOfTheReadingPass() {
    WorkRequests attached =
        new WorkRequests("model", "identity", new WorkRequests.Attachments("reader", "chooser"));

    assertThat(attached.generate(pending("a"), "prompt", null, SETTINGS, NOW).getAttachmentDigest())
        .isEqualTo("reader");
    assertThat(requests.generate(pending("a"), "prompt", null, SETTINGS, NOW).getAttachmentDigest())
        .isNull();
  }

  @Test
  void givesDifferentWorkDifferentIds() {
    Set<String> ids = new HashSet<>();
    List<GenerationSettings> settings =
        List.of(
            SETTINGS,
            new GenerationSettings(17, 8, 1.0, 1.0, List.of("\n"), 0),
            new GenerationSettings(16, 7, 1.0, 1.0, List.of("\n"), 0),
            new GenerationSettings(16, 8, 0.9, 1.0, List.of("\n"), 0),
            new GenerationSettings(16, 8, 1.0, 0.9, List.of("\n"), 0),
            new GenerationSettings(16, 8, 1.0, 1.0, List.of("\n", "."), 0),
            new GenerationSettings(16, 8, 1.0, 1.0, List.of("\n."), 0),
            new GenerationSettings(16, 8, 1.0, 1.0, List.of("\n"), 1));
    settings.forEach(
        s -> ids.add(requests.generate(pending("a"), "prompt", null, s, NOW).getWorkId()));
    ids.add(requests.generate(pending("a"), "prompt ", null, SETTINGS, NOW).getWorkId());
    ids.add(
        new WorkRequests("other", "identity")
            .generate(pending("a"), "prompt", null, SETTINGS, NOW)
            .getWorkId());
    ids.add(
        new WorkRequests("model", "identity", new WorkRequests.Attachments("reader", "chooser"))
            .generate(pending("a"), "prompt", null, SETTINGS, NOW)
            .getWorkId());
    ids.add(requests.rerank(pending("a"), "prompt", List.of(), NOW).getWorkId());
    List<AnswerSpans> spans =
        List.of(
            new AnswerSpans(List.of(), List.of(), 0),
            new AnswerSpans(List.of(new Range(0, 4)), List.of(), 0),
            new AnswerSpans(List.of(new Range(0, 5)), List.of(), 0),
            new AnswerSpans(List.of(new Range(0, 1), new Range(2, 4)), List.of(), 0),
            new AnswerSpans(List.of(), List.of("unknown", "none"), 0),
            new AnswerSpans(List.of(), List.of("unknownnone"), 0),
            new AnswerSpans(List.of(), List.of("unknownnone"), 2));
    spans.forEach(
        s -> ids.add(requests.generate(pending("a"), "prompt", s, SETTINGS, NOW).getWorkId()));

    assertThat(ids).hasSize(settings.size() + 4 + spans.size());
  }

  @Test
  void tellsPassagesApartWhereverTheirTextIsCut() {
    Hit one = new Hit(new Passage("p", "ab", "c"), 1);
    Hit two = new Hit(new Passage("p", "a", "bc"), 1);

    assertThat(requests.rerank(pending("a"), "q", List.of(one), NOW).getWorkId())
        .isNotEqualTo(requests.rerank(pending("a"), "q", List.of(two), NOW).getWorkId());
  }

  @Test
  void asksForAnAnswerFromTheSpans() {
    AnswerSpans spans = new AnswerSpans(List.of(new Range(2, 6)), List.of("unknown"), 1.5);
    WorkRequest held = requests.generate(pending("a"), "prompt", spans, SETTINGS, NOW);
    WorkRequest free = requests.generate(pending("a"), "prompt", null, SETTINGS, NOW);

    assertThat(((Generate) held.getWork()).getSpans())
        .isEqualTo(new Spans(List.of(new TextRange(2, 6)), List.of("unknown"), 1.5));
    assertThat(((Generate) free.getWork()).getSpans()).isNull();
  }

  @Test
  void derivesTheSeedFromTheWork() {
    Generate first =
        (Generate) requests.generate(pending("a"), "prompt", null, SETTINGS, NOW).getWork();
    Generate again =
        (Generate) requests.generate(pending("b"), "prompt", null, SETTINGS, NOW).getWork();
    Generate other =
        (Generate) requests.generate(pending("a"), "other", null, SETTINGS, NOW).getWork();

    assertThat(again.getSeed()).isEqualTo(first.getSeed());
    assertThat(other.getSeed()).isNotEqualTo(first.getSeed());
  }
}
