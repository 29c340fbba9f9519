package dev.refrain.connectors.words;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.connectors.house.HouseModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The word vectors that come with Refrain. */
class HouseWordVectorsTest {
  private record Judged(String word, String other, double similarity) {}

  /**
   * What people said of pairs of nouns, from 0 to 4: Miller and Charles 1991, "Contextual
   * correlates of semantic similarity", table 1; those of its thirty pairs whose words the corpus
   * knows well enough.
   */
  private static final List<Judged> JUDGED =
      List.of(
          new Judged("car", "automobile", 3.92),
          new Judged("gem", "jewel", 3.84),
          new Judged("journey", "voyage", 3.84),
          new Judged("coast", "shore", 3.70),
          new Judged("magician", "wizard", 3.50),
          new Judged("midday", "noon", 3.42),
          new Judged("furnace", "stove", 3.11),
          new Judged("food", "fruit", 3.08),
          new Judged("bird", "crane", 2.97),
          new Judged("tool", "implement", 2.95),
          new Judged("brother", "monk", 2.82),
          new Judged("crane", "implement", 1.68),
          new Judged("journey", "car", 1.16),
          new Judged("cemetery", "woodland", 0.95),
          new Judged("forest", "graveyard", 0.84),
          new Judged("shore", "woodland", 0.63),
          new Judged("monk", "slave", 0.55),
          new Judged("coast", "forest", 0.42),
          new Judged("glass", "magician", 0.11),
          new Judged("noon", "string", 0.08));

  private static WordVectors vectors;

  @BeforeAll
  static void read(@TempDir Path folder) throws IOException {
    vectors = WordVectors.read(HouseModel.unpack(folder).resolve(HouseModel.WORDS));
  }

  @Test
  void agreesWithWhatPeopleSayOfPairsOfNouns() {
    assertThat(JUDGED).allMatch(pair -> vectors.knows(pair.word()) && vectors.knows(pair.other()));
    double[] said = ranks(JUDGED.stream().mapToDouble(Judged::similarity).toArray());
    double[] found =
        ranks(JUDGED.stream().mapToDouble(p -> vectors.cosine(p.word(), p.other())).toArray());

    assertThat(correlation(said, found)).isGreaterThan(0.6);
  }

  @ParameterizedTest
  @CsvSource({
    "accused, charged, banana",
    "film, movie, ship",
    "ship, boat, teacher",
    "wrote, author, river",
    "built, constructed, sang",
    "wife, husband, stone",
    "began, started, blue",
    "large, big, quickly",
    "doctor, physician, bridge"
  })
  void findsASynonymNearerThanAStranger(String word, String synonym, String stranger) {
    assertThat(vectors.knows(stranger)).isTrue();
    assertThat(vectors.cosine(word, synonym))
        .isGreaterThan(vectors.cosine(word, stranger) + 0.2)
        .isEqualTo(vectors.cosine(synonym, word));
  }

  @Test
  void knowsThatFunctionWordsSayLittle() {
    assertThat(vectors.rarity("the")).isBetween(2.0, 4.0);
    assertThat(vectors.rarity("witchcraft")).isGreaterThan(vectors.rarity("mother") + 2);
    assertThat(vectors.rarity("qwertzuiop")).isGreaterThan(vectors.rarity("witchcraft"));
  }

  @Test
  void knowsNoNames() {
    assertThat(List.of("germany", "william", "london", "Germany")).noneMatch(vectors::knows);
  }

  /** Ranks from 1, the mean rank where numbers are equal. */
  private static double[] ranks(double... numbers) {
    return Arrays.stream(numbers)
        .map(
            number ->
                Arrays.stream(numbers).filter(other -> other < number).count()
                    + (Arrays.stream(numbers).filter(other -> other == number).count() + 1) / 2.0)
        .toArray();
  }

  /** Pearson's; of ranks it is Spearman's. */
  private static double correlation(double[] x, double[] y) {
    double meanX = Arrays.stream(x).average().orElseThrow();
    double meanY = Arrays.stream(y).average().orElseThrow();
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - meanX) * (y[i] - meanY);
      xx += (x[i] - meanX) * (x[i] - meanX);
      yy += (y[i] - meanY) * (y[i] - meanY);
    }
    return xy / Math.sqrt(xx * yy);
  }
}
