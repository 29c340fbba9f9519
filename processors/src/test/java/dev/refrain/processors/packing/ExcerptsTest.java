package dev.refrain.processors.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.refrain.processors.retrieval.Passage;
import org.junit.jupiter.api.Test;

class ExcerptsTest {
  private static final Passage BACH =
      new Passage(
          "bach#0",
          "J. S. Bach",
          "J. S. Bach was born in Eisenach. Bach walked to Lübeck to hear an organist. "
              + "He had 20 children. His eyes were operated on by Dr. Taylor.");

  @Test
  void takesTheSentenceThatSharesMostTermsWithTheQuestion() {
    assertThat(excerpt(1, "Whose organ playing did Bach walk to hear?"))
        .isEqualTo("Bach walked to Lübeck to hear an organist.");
    assertThat(excerpt(1, "Who operated on the eyes of Bach?"))
        .isEqualTo("His eyes were operated on by Dr. Taylor.");
  }

  @Test
  void doesNotCountTheTitle() {
    assertThat(excerpt(1, "How many children had J. S. Bach?")).isEqualTo("He had 20 children.");
  }

  @Test
  void keepsTheOrderAndTakesTheEarlierOfEqualSentences() {
    assertThat(excerpt(2, "Which children?"))
        .isEqualTo("J. S. Bach was born in Eisenach. He had 20 children.");
  }

  @Test
  void leavesAShortPassageAsItIs() {
    assertThat(new Excerpts(4).of("eyes", BACH)).isSameAs(BACH);
  }

  @Test
  void refusesNoSentences() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Excerpts(0))
        .withMessage("sentences is 0, must be 1 or more");
  }

  private static String excerpt(int sentences, String question) {
    return new Excerpts(sentences).of(question, BACH).text();
  }
}
