package dev.refrain.processors.difficulty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.refrain.processors.question.Candidate;
import dev.refrain.processors.retrieval.Hit;
import dev.refrain.processors.retrieval.Passage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Expected numbers are worked out by hand from the definitions of METHODS 6 and 11.1. */
class DifficultyEstimatorTest {
  private static final List<Hit> HITS =
      List.of(
          new Hit(new Passage("a", "Lyra", "The brightest star of Lyra is Vega."), 8),
          new Hit(new Passage("b", "Mars", "Mars is red."), 6));

  private static Sample sample(String text, float... logProbabilities) {
    List<Float> tokens = new ArrayList<>();
    for (float logProbability : logProbabilities) {
      tokens.add(logProbability);
    }
    return new Sample(text, tokens, 0.7, false);
  }

  @Test
  void measuresAgreementProbabilityAndSupport() {
    Estimate estimate =
        DifficultyEstimator.estimate(
            "Which star is it?",
            HITS,
            List.of(
                sample(" Vega ", -0.2f, -0.6f),
                sample("the vega.", -1f),
                sample("Sirius", -2f),
                sample("Vega", -0.5f)),
            List.of());

    Signals signals = estimate.signals();
    assertThat(estimate.answer()).isEqualTo("Vega");
    assertThat(signals.agreement()).isEqualTo(2.0 / 3);
    assertThat(signals.meanLogProbability()).isCloseTo(-0.4, within(1e-6));
    assertThat(signals.minLogProbability()).isCloseTo(-0.6, within(1e-6));
    assertThat(signals.support())
        .as("of 4, 'the vega.' and 'Sirius' do not stand there")
        .isEqualTo(0.5);
    assertThat(signals.retrievalGap()).isEqualTo(0.25);
    assertThat(signals.questionWords()).isEqualTo(4);
    assertThat(signals.confidence()).isCloseTo(Math.sqrt(2.0 / 3 * Math.exp(-0.4)), within(1e-6));
  }

  @Test
  void measuresAChoiceByHowOftenItWasGivenBefore() {
    Estimate estimate =
        DifficultyEstimator.estimate(
            "Which?",
            HITS,
            List.of(sample("Vega", -0.1f)),
            List.of(new Candidate("vega", 3, -1), new Candidate("Sirius", 1, -2)));

    assertThat(estimate.signals().agreement()).isEqualTo(0.75);
  }

  @Test
  void listsCandidatesByProbabilityAndMergesEqualOnes() {
    List<Candidate> candidates =
        Candidates.of(
            List.of(
                sample("Sirius", -3f),
                sample("the Vega", -2f),
                sample("", -0.1f),
                sample("Vega", -1f, -0.5f)));

    assertThat(candidates)
        .containsExactly(new Candidate("Vega", 2, -1.5), new Candidate("Sirius", 1, -3));
  }

  @Test
  void keepsApartWhatNormalisationWouldErase() {
    assertThat(Candidates.same("The", "A")).isFalse();
    assertThat(Candidates.same("the Vega", "vega!")).isTrue();
  }

  @Test
  void countsAnAnswerThatDeclinesAsBlankAndTellsHowManyDo() {
    List<String> noAnswer = List.of("unknown", "not in the passages");
    List<Sample> sequences =
        Stream.of(
                sample("Unknown.", -0.2f),
                sample("Vega", -1f),
                sample("not in passages!", -1f),
                sample("The Unknown", -2f),
                sample("unknown star", -2f))
            .map(sample -> sample.declinedBy(noAnswer))
            .toList();

    Estimate estimate = DifficultyEstimator.estimate("Which?", HITS, sequences, List.of());

    assertThat(estimate.answer()).isEmpty();
    assertThat(estimate.signals().declined()).isEqualTo(0.6);
    assertThat(estimate.signals().byName()).containsEntry("declined", 0.6);
    assertThat(estimate.signals().agreement()).as("with declining").isEqualTo(0.5);
    assertThat(estimate.candidates())
        .extracting(Candidate::text)
        .containsExactly("Vega", "unknown star");
    assertThat(sample("unknown").declinedBy(List.of()).text()).isEqualTo("unknown");
  }

  @Test
  void survivesAPassThatGaveNothing() {
    Estimate estimate =
        DifficultyEstimator.estimate("Which?", List.of(), List.of(sample("")), List.of());

    assertThat(estimate.answer()).isEmpty();
    assertThat(estimate.candidates()).isEmpty();
    assertThat(estimate.signals().support()).isZero();
    assertThat(estimate.signals().retrievalGap()).isZero();
  }
}
