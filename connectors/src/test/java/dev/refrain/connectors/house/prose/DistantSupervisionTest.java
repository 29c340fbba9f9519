package dev.refrain.connectors.house.prose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the questions of {@code asked.jsonl}, written by hand for the corpus beside them. */
class DistantSupervisionTest {
  private static List<Supervised> found = List.of();

  static Path questions() {
    return ProseExercisesTest.resource("asked.jsonl");
  }

  @BeforeAll
  static void search() throws IOException {
    CorpusReader reader = new CorpusReader(word -> word.equals("cheese"));
    reader.read(ProseExercisesTest.corpus());
    Lexicon lexicon = new Lexicon(reader.counts());
    Tagger tagger = new Tagger(lexicon);
    List<Passage> passages = reader.passages(tagger, new Gazetteer(lexicon), new Dice(1));
    NamePool pool = new NamePool(reader.counts(), word -> false, new Dice(2));
    DistantSupervision supervision =
        new DistantSupervision(
            HumanQuestion.read(questions()), new Reteller(tagger, pool), tagger, reader::isAllowed);
    found = supervision.over(passages);
  }

  @Test
  void findsTheSentenceThatHoldsTheAnswerAndSharesMost() {
    assertThat(found)
        .extracting(DistantSupervisionTest::told)
        .containsExactlyInAnyOrder(
            "Kesten: The town was destroyed by fire in 1702. => 1702",
            "Peter Olm: Olm won the Lorne Prize in 1971. => Olm",
            "The Blue Door: The Blue Door is a painting by Ina Harrow. => Ina Harrow",
            "Toruna: The city has 14 bridges. => 14",
            "Lantern fish: Lantern fish are small fish of the deep sea. => deep sea",
            "Lorne Prize: The winner gets a silver flute. => silver flute");
  }

  private static String told(Supervised one) {
    String sentence = one.passage().sentences().get(one.sentence());
    List<Splitter.Piece> pieces = Splitter.pieces(sentence);
    StringBuilder answer = new StringBuilder();
    for (Splitter.Piece piece : pieces.subList(one.from(), one.to())) {
      answer.append(piece.gap() && !answer.isEmpty() ? " " : "").append(piece.text());
    }
    return "%s: %s => %s".formatted(one.passage().title(), sentence, answer);
  }

  @Test
  void givesNamesTheirCapitalsAgain() {
    assertThat(found)
        .extracting(one -> Token.join(one.words()))
        .contains("when was the town of Kesten destroyed by fire", "who painted the Blue Door");
  }

  @Test
  void namesTheLineThatIsNoQuestion(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("asked.jsonl");
    Files.writeString(
        file,
        "{\"question\": \"Who?\", \"answers\": []}\n{\"question\": \"Who?\", \"answer\": 1}\n");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> HumanQuestion.read(file))
        .withMessageContaining("asked.jsonl line 2: needs the fields question")
        .withMessageContaining("answers, a list of texts");
  }
}
