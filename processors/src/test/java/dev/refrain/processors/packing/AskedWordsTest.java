package dev.refrain.processors.packing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.processors.work.AnswerSpans.Range;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskedWordsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Who discovered gallium? | Gallium was found in Paris. | found in Paris.",
        "How tall is the tower? | It is 5 metres tall, they say. | 5 metres / say.",
        "Which strait is near Sicily? | The Strait of Messina parts Sicily. | Strait of Messina parts",
        "Which strait is it? | It is the strait of Messina. | Messina.",
        "Which Swiss engineer made it? | The Swiss engineer Nik de Mar made it. | Nik de Mar",
        "Which river is long? | The Len River is long. | Len River",
        "How much of the air is it? | It is 78 percent of the air. | 78 percent",
        "Which Apollo landed? | First Apollo 11 landed. | First Apollo 11",
        "What is a lake? | Lake Geneva lies there. | Lake Geneva lies",
        "Who wrote beside Lake Geneva? | Beside Lake Geneva, Mary wrote. | Mary",
        "What did Ada love? | Ada's cat. | cat.",
        "Où est l'Île d'Oléron ? | ÎLE D'OLÉRON : près de Royan. | près de Royan."
      })
  void cutsTheWordsOfTheQuestionUnlessTheyArePartOfALongerName(
      String question, String text, String left) {
    assertThat(cut(question, text)).isEqualTo(List.of(left.split(" / ", -1)));
  }

  @Test
  void keepsWhatStandsOutsideTheRangesOutside() {
    AskedWords words = AskedWords.of("Where is Nik?");

    assertThat(words.cutFrom("Nik: Nik is in Oslo. Nik", List.of(new Range(5, 20))))
        .containsExactly(new Range(15, 20));
  }

  @Test
  void keepsEverythingWhereNothingWouldBeLeft() {
    assertThat(cut("What is lava?", "Lava.")).containsExactly("Lava.");
  }

  private static List<String> cut(String question, String text) {
    return AskedWords.of(question).cutFrom(text, List.of(new Range(0, text.length()))).stream()
        .map(range -> text.substring(range.start(), range.end()).strip())
        .toList();
  }
}
