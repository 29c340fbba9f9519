package dev.refrain.processors.relevance;

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
  void keepsTheOrder() {
    assertThat(excerpt(2, "Whose 20 children had operated eyes?"))
        .isEqualTo("He had 20 children. His eyes were operated on by Dr. Taylor.");
  }

  @Test
  void takesNoSentenceThatSharesNothing() {
    assertThat(excerpt(2, "Which children?")).isEqualTo("He had 20 children.");
  }

  @Test
  void takesAllThatShareAsManyTerms() {
    assertThat(excerpt(1, "Which children, which eyes?"))
        .isEqualTo("He had 20 children. His eyes were operated on by Dr. Taylor.");
  }

  @Test
  void leavesAPassageWholeWhereNoSentenceSharesATerm() {
    assertThat(new Excerpts(1, new SharedTerms()).of("What instrument did J. S. Bach play?", BACH))
        .isSameAs(BACH);
  }

  @Test
  void refusesNoSentences() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Excerpts(0, new SharedTerms()))
        .withMessage("sentences is 0, must be 1 or more");
  }

  private static String excerpt(int sentences, String question) {
    return new Excerpts(sentences, new SharedTerms()).of(question, BACH).text();
  }
}
