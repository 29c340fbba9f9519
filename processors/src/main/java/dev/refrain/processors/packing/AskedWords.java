package dev.refrain.processors.packing;

import dev.refrain.processors.retrieval.Terms;
import dev.refrain.processors.work.AnswerSpans.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

/**
 * The words of a question, which its answer rarely repeats: asked for a lake in Sicily, a reader
 * that doubts says "Sicily". They are cut out of the passages, unless they are part of a longer
 * name: of "Which strait parts Sicily from Italy?" the passage keeps "the Strait of Messina". Words
 * are compared without regard to case; English function words are none, and what is left of a
 * passage neither begins nor ends with one. Immutable.
 */
final class AskedWords {
  /** What joins the words of a name: "Strait of Messina", "Vasco da Gama". */
  private static final Set<String> JOINTS =
      Set.of("of", "the", "de", "da", "di", "du", "la", "van", "von");

  private final Set<String> words;

  private AskedWords(Set<String> words) {
    this.words = words;
  }

  static AskedWords of(String question) {
    return new AskedWords(
        Terms.WORD
            .matcher(question)
            .results()
            .map(word -> word.group(1).toLowerCase(Locale.ROOT))
            .filter(word -> !Terms.isFunctionWord(word))
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** The ranges of a text without the words of the question; whole where nothing would be left. */
  List<Range> cutFrom(String text, List<Range> ranges) {
    List<Range> cut = ranges.stream().flatMap(range -> cut(text, range).stream()).toList();
    return cut.isEmpty() ? ranges : cut;
  }

  private List<Range> cut(String text, Range range) {
    List<Word> all = words(text, range);
    List<Range> kept = new ArrayList<>();
    int from = range.start();
    for (int first = 0; first < all.size(); first++) {
      int last = first;
      while (last < all.size() && isAsked(all.get(last))) {
        last++;
      }
      if (last > first && !isPartOfName(text, all, first, last)) {
        kept.add(new Range(from, all.get(first).start()));
        from = all.get(last - 1).end();
      }
      first = last;
    }
    kept.add(new Range(from, range.end()));
    return kept.stream().flatMap(part -> trim(text, part).stream()).toList();
  }

  /** The part from its first to its last word that is no function word; none where all are. */
  private static Optional<Range> trim(String text, Range part) {
    List<Word> said = words(text, part).stream().filter(word -> !word.isFunction()).toList();
    if (said.isEmpty()) {
      return Optional.empty();
    }
    boolean last = words(text, part).getLast().equals(said.getLast());
    int end = last ? part.end() : said.getLast().end();
    return Optional.of(new Range(said.getFirst().start(), end));
  }

  private record Word(String text, int start, int end) {
    boolean isFunction() {
      return Terms.isFunctionWord(text.toLowerCase(Locale.ROOT));
    }

    boolean isCapital() {
      return Character.isUpperCase(text.codePointAt(0)) && !isFunction();
    }

    boolean isNumber() {
      return Character.isDigit(text.codePointAt(0));
    }
  }

  private static List<Word> words(String text, Range range) {
    List<Word> words = new ArrayList<>();
    Matcher matcher = Terms.WORD.matcher(text).region(range.start(), range.end());
    while (matcher.find()) {
      words.add(new Word(matcher.group(1), matcher.start(), matcher.end()));
    }
    return words;
  }

  private boolean isAsked(Word word) {
    return words.contains(word.text().toLowerCase(Locale.ROOT));
  }

  /** Whether the words from first to before last go on as a name, to the left or to the right. */
  private boolean isPartOfName(String text, List<Word> all, int first, int last) {
    boolean left =
        first > 0
            && all.get(first).isCapital()
            && joins(text, all.get(first - 1), all.get(first))
            && all.get(first - 1).isCapital();
    int next = last;
    while (next < all.size() - 1
        && JOINTS.contains(all.get(next).text())
        && joins(text, all.get(next - 1), all.get(next))) {
      next++;
    }
    boolean right =
        next < all.size()
            && all.get(last - 1).isCapital()
            && joins(text, all.get(next - 1), all.get(next))
            && !isAsked(all.get(next))
            && (all.get(next).isCapital() || all.get(next).isNumber());
    return left || right;
  }

  private static boolean joins(String text, Word one, Word next) {
    return text.substring(one.end(), next.start()).equals(" ");
  }
}
