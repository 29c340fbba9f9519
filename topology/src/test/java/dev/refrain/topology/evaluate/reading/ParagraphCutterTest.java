package dev.refrain.topology.evaluate.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.processors.retrieval.Passage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParagraphCutterTest {
  /** Sentences that end at 4, 12 and 23 characters. */
  private static final Passage WHOLE = new Passage("p", "Tea", "Tea. Is it? Yes, it is, sir.");

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          28, `Tea. Is it? Yes, it is, sir.`
          27, Tea. Is it?
          11, Tea. Is it?
          10, Tea.
          4, Tea.
          3, ``
          0, ``
          """)
  void keepsAsManySentencesAsFit(int characters, String kept) {
    assertThat(cut(WHOLE, characters)).isEqualTo(new Passage("p", "Tea", kept));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          22, `It is well-known tea,`
          21, `It is well-known tea,`
          20, It is well-known
          15, It is well-
          10, It is
          1, ``
          """)
  void keepsAsManyWordsAsFitWhereNoSentenceDoes(int characters, String kept) {
    Passage whole = new Passage("p", "Tea", "It is well-known tea, as they say here.");
    assertThat(cut(whole, characters)).isEqualTo(new Passage("p", "Tea", kept));
  }

  @Test
  void cutsBetweenIdeographs() {
    assertThat(cut(new Passage("p", "茶", "茶叶很香"), 3).text()).isEqualTo("茶叶很");
  }

  @Test
  void agreesWithTryingEveryLength() {
    String text = "One two three. Four five. Six seven, eight nine ten. Eleven!";
    Passage whole = new Passage("p", "", text);
    for (int characters = "One two three.".length(); characters < text.length(); characters++) {
      String longest = "";
      for (int end = 1; end <= characters; end++) {
        longest = ".!".indexOf(text.charAt(end - 1)) >= 0 ? text.substring(0, end) : longest;
      }
      assertThat(cut(whole, characters).text()).as(characters + " fit").isEqualTo(longest);
    }
  }

  private static Passage cut(Passage whole, int characters) {
    return ParagraphCutter.cut(whole, passage -> passage.text().length() <= characters);
  }
}
