package dev.refrain.connectors.house.worlds;

/**
 * How hard an exercise is.
 *
 * @param minArticles fewest articles, at least 1
 * @param maxArticles most articles, at most 32
 * @param minFacts fewest facts an article tells, at least 1
 * @param maxFacts most facts an article tells, at most 8; a subject that knows fewer tells those
 * @param questions questions to ask, at least 1; fewer where the articles do not bear so many
 */
public record Stage(int minArticles, int maxArticles, int minFacts, int maxFacts, int questions) {
  private static final int MOST_ARTICLES = 32;
  private static final int MOST_FACTS = 8;

  public Stage {
    check("articles", minArticles, maxArticles, MOST_ARTICLES);
    check("facts", minFacts, maxFacts, MOST_FACTS);
    if (questions < 1) {
      throw new IllegalArgumentException(
          "questions is %d, must be at least 1".formatted(questions));
    }
  }

  private static void check(String what, int min, int max, int most) {
    if (min < 1 || max < min || max > most) {
      throw new IllegalArgumentException(
          "%s are %d..%d, must be an ascending range within 1..%d".formatted(what, min, max, most));
    }
  }
}
