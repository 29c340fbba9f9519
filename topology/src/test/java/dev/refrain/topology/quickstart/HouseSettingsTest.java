package dev.refrain.topology.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.connectors.house.ReadingFormat;
import dev.refrain.processors.packing.PackedContext;
import dev.refrain.processors.packing.PassPrompt;
import dev.refrain.processors.question.Candidate;
import dev.refrain.processors.question.PendingQuestion;
import dev.refrain.processors.question.Question;
import dev.refrain.processors.question.Route;
import dev.refrain.processors.retrieval.Hit;
import dev.refrain.processors.retrieval.Passage;
import dev.refrain.topology.QaSettings;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.config.Preset;
import dev.refrain.topology.serve.StageSettings;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the house model is asked has the characters that it was trained on. */
class HouseSettingsTest {
  private static final int CONTEXT = 512;
  private static final Passage PASSAGE =
      new Passage("1", "Lyra", "Lyra is a small constellation. Its brightest star is Vega.");
  private static final String QUESTION = "What is the brightest star of Lyra?";
  private static final PendingQuestion PENDING =
      PendingQuestion.of(
              new Question(
                  "q", QUESTION, "qa", Instant.EPOCH, Instant.EPOCH.plusSeconds(9), Map.of()),
              null)
          .withHits(List.of(new Hit(PASSAGE, 1)));
  private static final String CONTEXT_TEXT = ReadingFormat.passage(PASSAGE.title(), PASSAGE.text());

  private static final String ANNOUNCED = ReadingFormat.announcement(QUESTION);

  private QaSettings settings;

  @BeforeEach
  void load() throws IOException {
    Preset preset =
        new Preset("house model", Quickstart.houseSettings(), List.of("model.folder=house"));
    settings =
        StageSettings.of(
            Configuration.load(
                    Optional.empty(), List.of("retrieval.index=index"), Map.of(), () -> preset)
                .configuration(),
            CONTEXT);
  }

  @Test
  void askAQuestionAsInTraining() {
    String best = ReadingFormat.passage(PASSAGE.title(), "Its brightest star is Vega.");

    assertThat(prompt(PENDING)).isEqualTo(ANNOUNCED + best + ReadingFormat.question(QUESTION));
    assertThat(prompt(PENDING.recurse(Route.RE_RETRIEVE, List.of())))
        .isEqualTo(ANNOUNCED + CONTEXT_TEXT + ReadingFormat.question(QUESTION));
  }

  @Test
  void offerCandidatesAsInTraining() {
    List<String> candidates = List.of("Vega", "Lyra", ReadingFormat.NO_ANSWER);
    PendingQuestion choosing =
        PENDING.recurse(
            Route.TEXTUAL, candidates.stream().map(text -> new Candidate(text, 1, -1)).toList());

    assertThat(prompt(choosing))
        .isEqualTo(ANNOUNCED + CONTEXT_TEXT + ReadingFormat.question(QUESTION, candidates));
  }

  @Test
  void endAndDeclineAnAnswerAsInTraining() {
    List<String> declining = settings.reading().answer().noAnswer();
    List<String> stops = settings.reading().generation().stop();

    assertThat(declining).containsExactly(ReadingFormat.NO_ANSWER);
    assertThat(stops).hasSize(1);
    assertThat(ReadingFormat.answer("")).isEqualTo(" " + declining.getFirst() + stops.getFirst());
  }

  private String prompt(PendingQuestion pending) {
    PassPrompt prompts = settings.passPrompt(String::length);
    return prompts.pack(pending).map(PackedContext::prompt).orElseThrow();
  }
}
