package dev.refrain.connectors.house.prose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Sentences by some of their words, and how much of a question they share. Words count by their
 * first letters, which the forms of one word have in common, and by their rarity. Immutable,
 * thread-safe.
 */
final class SentenceSearch {
  private static final int STEM = 5;

  /** Words of a question that no sentence need repeat, beside those of closed classes. */
  private static final Set<String> ASKING =
      Set.of("what", "many", "much", "name", "named", "called", "s");

  private final Lexicon lexicon;
  private final Map<String, List<Place>> byWord = new HashMap<>();
  private final Map<String, Stem> stems = new HashMap<>();
  private int places;

  /**
   * Reads sentences.
   *
   * @param words in lower case, by which sentences are to be found
   */
  SentenceSearch(List<Passage> passages, Set<String> words, Lexicon lexicon) {
    this.lexicon = lexicon;
    for (Passage passage : passages) {
      List<String> title = words(passage.title());
      for (int i = 0; i < passage.sentences().size(); i++) {
        add(passage, i, title, words(passage.sentences().get(i)), words);
      }
    }
  }

  /** How many sentences have a stem. */
  private static final class Stem {
    private final int number;
    private int sentences;

    private Stem(int number) {
      this.number = number;
    }
  }

  /** A sentence of a passage. */
  static final class Place {
    private final Passage passage;
    private final int sentence;
    private final int[] stems;

    private Place(Passage passage, int sentence, int[] stems) {
      this.passage = passage;
      this.sentence = sentence;
      this.stems = stems;
    }

    Passage passage() {
      return passage;
    }

    /** Its index in the passage. */
    int sentence() {
      return sentence;
    }

    private boolean has(Stem stem) {
      return Arrays.binarySearch(stems, stem.number) >= 0;
    }
  }

  private void add(
      Passage passage, int sentence, List<String> title, List<String> text, Set<String> indexed) {
    places++;
    int[] numbers =
        Stream.concat(title.stream(), text.stream())
            .map(SentenceSearch::stem)
            .distinct()
            .map(stem -> stems.computeIfAbsent(stem, s -> new Stem(stems.size())))
            .mapToInt(
                stem -> {
                  stem.sentences++;
                  return stem.number;
                })
            .sorted()
            .toArray();
    Place place = new Place(passage, sentence, numbers);
    for (String word : new HashSet<>(text)) {
      if (indexed.contains(word)) {
        byWord.computeIfAbsent(word, w -> new ArrayList<>()).add(place);
      }
    }
  }

  /** The words of a text in lower case, without marks. */
  static List<String> words(String text) {
    return Splitter.pieces(text).stream()
        .map(piece -> piece.text().toLowerCase(Locale.ROOT))
        .filter(word -> Character.isLetterOrDigit(word.charAt(0)))
        .toList();
  }

  private static String stem(String word) {
    return word.substring(0, Math.min(STEM, word.length()));
  }

  /** The sentences with a word that was asked for at the beginning. */
  List<Place> with(String word) {
    return byWord.getOrDefault(word, List.of());
  }

  /** What counts of a question. */
  Query query(String question) {
    return new Query(
        words(question).stream()
            .filter(word -> !lexicon.isClosed(word) && !ASKING.contains(word))
            .map(SentenceSearch::stem)
            .distinct()
            .map(stem -> stems.getOrDefault(stem, new Stem(-1)))
            .toList());
  }

  /** The words of a question, a stem each. */
  final class Query {
    private final List<Stem> asked;
    private final double all;

    private Query(List<Stem> asked) {
      this.asked = asked;
      all = asked.stream().mapToDouble(this::rarity).sum();
    }

    /** Share of them that stand in a sentence or its title, weighted by rarity, in [0, 1]. */
    double shared(Place place) {
      return all == 0 ? 0 : asked.stream().filter(place::has).mapToDouble(this::rarity).sum() / all;
    }

    private double rarity(Stem stem) {
      return Math.log((1.0 + places) / (1 + stem.sentences));
    }
  }
}
