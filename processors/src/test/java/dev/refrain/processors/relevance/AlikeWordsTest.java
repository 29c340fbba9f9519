package dev.refrain.processors.relevance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.refrain.processors.retrieval.Passage;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AlikeWordsTest {
  private static final WordLikeness SOME = new SomeWords();
  private static final Relevance RELEVANCE = new AlikeWords(SOME);
  private static final Passage KEPLER =
      new Passage(
          "kepler#0",
          "Johannes Kepler",
          "Johannes Kepler was born at Weil der Stadt. When his mother was accused of witchcraft, he"
              + " defended her in court. He worked for Tycho Brahe.");

  @Test
  void findsWhatIsSaidInOtherWords() {
    String question = "What crime was the parent of Johannes Kepler charged with?";
    assertThat(new Excerpts(1, new SharedTerms()).of(question, KEPLER)).isSameAs(KEPLER);
    assertThat(new Excerpts(1, RELEVANCE).of(question, KEPLER).text())
        .isEqualTo("When his mother was accused of witchcraft, he defended her in court.");
  }

  @Test
  void addsTheLikestOfEachWordByItsRarity() {
    Relevance.Asked asked = RELEVANCE.of("Which crime was his parent charged with, in 1615?");

    assertThat(asked.said("His mother was accused, or charged, with a crime."))
        .as("crime and charged themselves, parent by mother")
        .isCloseTo(6 * 1 + 5 * 0.5 + 7 * 1, within(1e-12));
    assertThat(asked.said("Witchcraft, said the court."))
        .as("crime and charged by court, the likest, and nothing by what is unlike")
        .isCloseTo(6 * 0.4 + 7 * 0.3, within(1e-12));
    assertThat(asked.said("In 1615.")).as("what it has no vector for").isEqualTo(12.0);
  }

  @Test
  void weighsAllThatIsAsked() {
    Relevance.Asked asked = RELEVANCE.of("Which crime was Kepler's parent charged with?");
    assertThat(asked.weight()).isEqualTo(6 + 12 + 5 + 7);
    assertThat(asked.without("Johannes Kepler").weight()).isEqualTo(6 + 5 + 7);
  }

  @Test
  void takesInflectionsForTheSameWord() {
    assertThat(RELEVANCE.of("Which crimes?").said("A crime.")).isEqualTo(12.0);
  }

  @Test
  void leavesOutTheTitleAndWhatAsks() {
    Relevance.Asked asked =
        RELEVANCE.of("How did Johannes Kepler, who was it, charge him?").without("Johannes Kepler");
    assertThat(asked.said("Kepler and Johannes did it, and how, and who was it?")).isZero();
  }

  /** Likenesses by hand; whatever is not named is unlike. */
  private static final class SomeWords implements WordLikeness {
    private static final Map<Set<String>, Double> LIKE =
        Map.of(
            Set.of("parent", "mother"), 0.5,
            Set.of("charged", "accused"), 0.6,
            Set.of("crime", "court"), 0.4,
            Set.of("charged", "court"), 0.3,
            Set.of("crime", "witchcraft"), 0.3,
            Set.of("parent", "court"), -0.2);
    private static final Map<String, Double> RARITY =
        Map.of("crime", 6.0, "parent", 5.0, "charged", 7.0);

    @Override
    public double likeness(String word, String other) {
      return LIKE.getOrDefault(Set.of(word, other), 0.0);
    }

    @Override
    public double rarity(String word) {
      return RARITY.getOrDefault(word, 12.0);
    }
  }
}
