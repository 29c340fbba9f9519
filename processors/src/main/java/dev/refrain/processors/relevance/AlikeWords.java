package dev.refrain.processors.relevance;

import dev.refrain.processors.retrieval.Terms;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A question asks about its words, rare ones weighing more, and a text says each of them as far as
 * its likest word does: the same one, or another with something of its meaning. So a sentence is
 * found that says in other words what is asked. That is the recall of BERTScore (Zhang et al. 2020,
 * section 3, with importance weighting), with static word vectors.
 *
 * @param words what is known of words
 */
public record AlikeWords(WordLikeness words) implements Relevance {
  /** What asks and says nothing of what is asked, beside the function words. */
  private static final Set<String> ASKING =
      Set.of(
          "what", "which", "who", "whom", "whose", "when", "where", "why", "how", "did", "do",
          "does", "done", "has", "have", "had", "were", "been", "being", "can", "could", "would",
          "should", "may", "might", "much", "many", "than", "some", "any", "so", "from", "you",
          "your", "me", "my", "us", "them", "i");

  @Override
  public Asked of(String question) {
    return new Sought(
        words, saying(question).stream().map(word -> new Word(word, Terms.of(word))).toList());
  }

  private static List<String> saying(String text) {
    return Terms.WORD
        .matcher(text.toLowerCase(Locale.ROOT))
        .results()
        .map(word -> word.group(1))
        .distinct()
        .filter(word -> !Terms.isFunctionWord(word) && !ASKING.contains(word))
        .toList();
  }

  private record Sought(WordLikeness words, List<Word> asked) implements Asked {
    @Override
    public double weight() {
      return asked.stream().mapToDouble(this::weight).sum();
    }

    @Override
    public double said(String text) {
      Set<String> terms = Terms.of(text);
      List<String> said = saying(text);
      return asked.stream()
          .mapToDouble(word -> weight(word) * (word.isIn(terms) ? 1 : likest(word, said)))
          .sum();
    }

    @Override
    public Asked without(String title) {
      Set<String> terms = Terms.of(title);
      return new Sought(words, asked.stream().filter(word -> !word.isIn(terms)).toList());
    }

    private double weight(Word word) {
      return words.rarity(word.text());
    }

    private double likest(Word word, List<String> said) {
      return said.stream()
          .mapToDouble(other -> words.likeness(word.text(), other))
          .reduce(0, Math::max);
    }
  }

  /** A word of the question and what is left of it as terms of the index: one, or none. */
  private record Word(String text, Set<String> terms) {
    boolean isIn(Set<String> others) {
      return !terms.isEmpty() && others.containsAll(terms);
    }
  }
}
