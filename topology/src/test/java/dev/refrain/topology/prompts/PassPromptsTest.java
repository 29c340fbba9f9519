package dev.refrain.topology.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.connectors.house.TwoPassExercise;
import dev.refrain.connectors.house.TwoPassExercise.Glance;
import dev.refrain.connectors.house.TwoPassExercise.Telling;
import dev.refrain.connectors.house.worlds.Article;
import dev.refrain.processors.packing.PackedContext;
import dev.refrain.processors.question.Candidate;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.config.Preset;
import dev.refrain.topology.quickstart.Quickstart;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PassPromptsTest {
  private static final Article NEAR = new Article("Rin", "Rin was born in Aba.");
  private static final Article FAR = new Article("Aba", "Aba is red.");
  private static final TwoPassExercise EXERCISE =
      new TwoPassExercise(
          3,
          Telling.TWO_STEP,
          "What colour is the place where Rin was born?",
          new Glance(List.of(NEAR), "Aba"),
          new Glance(List.of(NEAR, FAR), "red"));

  private final PassPrompts prompts = PassPrompts.of(house(), 600, String::length);

  private static Configuration house() {
    try {
      Preset preset = new Preset("house model", Quickstart.houseSettings(), List.of());
      return Configuration.load(Optional.empty(), List.of(), Map.of(), () -> preset)
          .configuration();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The text that the house model was trained to read. */
  @Test
  void asksAsTheHouseModelIsAsked() {
    assertThat(prompts.pack(prompts.first(EXERCISE)).orElseThrow().prompt())
        .isEqualTo(
            """
             Question: What colour is the place where Rin was born?
             Rin: Rin was born in Aba.
             Question: What colour is the place where Rin was born?
             Answer:\
            """);
  }

  @Test
  void showsTwoPassagesInTheirOrderAndTheCandidates() {
    List<Candidate> candidates =
        List.of(new Candidate("Aba", 3, -0.1), new Candidate("Rin", 1, -2));

    assertThat(prompts.pack(prompts.choosing(EXERCISE, candidates)).orElseThrow().prompt())
        .isEqualTo(
            """
             Question: What colour is the place where Rin was born?
             Rin: Rin was born in Aba.
             Aba: Aba is red.
             Question: What colour is the place where Rin was born?
             Candidates: Aba; Rin;
             Answer:\
            """);
  }

  @Test
  void hasNothingToChooseWithoutCandidates() {
    assertThat(prompts.pack(prompts.choosing(EXERCISE, List.of()))).isEmpty();
  }

  @Test
  void showsTheFirstPassTheBestSentenceAndASecondOneAll() {
    Article article = new Article("Rin", "Rin is red. Rin was born in Aba.");
    Glance glance = new Glance(List.of(article), "Aba");
    TwoPassExercise exercise =
        new TwoPassExercise(4, Telling.TOLD, "Where was Rin born?", glance, glance);

    assertThat(prompts.pack(prompts.first(exercise)).orElseThrow().prompt())
        .startsWith(" Question: Where was Rin born?\n Rin: Rin was born in Aba.\n Question:");
    assertThat(prompts.pack(prompts.readingAgain(exercise)).orElseThrow().prompt())
        .startsWith(
            " Question: Where was Rin born?\n Rin: Rin is red. Rin was born in Aba.\n Question:");
  }

  @Test
  void wantsTheAnswerWhereItIsShownAndMayBeSaid() {
    PackedContext first = prompts.pack(prompts.first(EXERCISE)).orElseThrow();

    assertThat(PassPrompts.target(first, "Aba")).contains(" Aba\n");
    assertThat(PassPrompts.target(first, "red")).as("not shown").contains(" unknown\n");
    assertThat(PassPrompts.target(first, "")).contains(" unknown\n");
    assertThat(PassPrompts.target(first, "Rin")).as("a word of the question").isEmpty();
  }
}
