package dev.refrain.processors.relevance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.refrain.processors.retrieval.Hit;
import dev.refrain.processors.retrieval.Passage;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoverageTest {
  private static final Hit BACH =
      hit("J. S. Bach", "Bach walked to Lübeck to hear an organist. He had 20 children.");
  private static final Hit LUEBECK = hit("Lübeck", "An organist played there.");

  @Test
  void isTheShareThatTitleAndOneSentenceSay() {
    assertThat(of("Which organist did Bach hear?", BACH))
        .as("organist, Bach and hear of which, organist, did, Bach and hear")
        .isCloseTo(3 / 5.0, within(1e-12));
    assertThat(of("Bach, organist, children?", BACH))
        .as("not organist and children, which are in different sentences")
        .isCloseTo(2 / 3.0, within(1e-12));
  }

  @Test
  void isThatOfThePassageThatSaysMost() {
    assertThat(of("Lübeck, organist, Bach?", LUEBECK)).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(of("Lübeck, organist, Bach?", LUEBECK, BACH)).isEqualTo(1);
  }

  @Test
  void isNothingWhereThereIsNothingToSayOrToRead() {
    assertThat(of("Bach?")).isZero();
    assertThat(of("Is it?", BACH)).isZero();
    assertThat(of("Which city?", BACH)).isZero();
  }

  private static double of(String question, Hit... hits) {
    return new Coverage(new SharedTerms()).of(question, List.of(hits));
  }

  private static Hit hit(String title, String text) {
    return new Hit(new Passage(title, title, text), 1);
  }
}
