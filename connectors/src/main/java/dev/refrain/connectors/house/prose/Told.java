package dev.refrain.connectors.house.prose;

import dev.refrain.connectors.house.worlds.Article;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * An article of an exercise.
 *
 * @param kept its sentences, as the exercise shows them
 * @param left what was left out of it
 */
record Told(Topic topic, List<List<Token>> kept, List<List<Token>> left) {
  Article article() {
    StringBuilder text = new StringBuilder();
    for (List<Token> sentence : kept) {
      text.append(text.isEmpty() ? "" : " ").append(Wording.capital(Token.join(sentence)));
    }
    return new Article(Wording.capital(Token.join(topic.title())), text.toString());
  }

  /** Whether some word is a form of one of these. */
  boolean tells(Set<String> stems) {
    return kept.stream()
        .flatMap(List::stream)
        .anyMatch(token -> stems.stream().anyMatch(stem -> isForm(token.lower(), stem)));
  }

  /** Whether these words stand in it, in whatever letters. */
  boolean tells(String words) {
    return article().text().toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
  }

  private static boolean isForm(String word, String stem) {
    int same = Math.max(3, stem.length() - 2);
    return word.equals(stem)
        || (stem.length() >= 3
            && word.startsWith(stem.substring(0, Math.min(same, stem.length()))));
  }
}
