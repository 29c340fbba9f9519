package dev.refrain.connectors.house.prose;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds sentences that answer questions of which only the answers are known: of the sentences that
 * hold an answer, the one that shares most with the question, if it shares enough and the answer is
 * of the kind that is asked for (distant supervision: Chen et al., 2017, Reading Wikipedia to
 * Answer Open-Domain Questions, section 4.3).
 *
 * @param questions to find sentences for
 * @param reteller says what the words of a passage are
 * @param tagger says what the words of a question are
 * @param allowed whether a question of these words may be asked
 */
record DistantSupervision(
    List<HumanQuestion> questions,
    Reteller reteller,
    Tagger tagger,
    Predicate<List<Token>> allowed) {
  private static final double LEAST_SHARED = 0.5;

  /** An answer of nothing but commoner words says too little. */
  private static final int MOST_PLACES = 20_000;

  private static final int LONGEST_ANSWER = 8;

  /** The questions that a sentence of these passages answers, in their order. */
  List<Supervised> over(List<Passage> passages) {
    Set<String> words = new HashSet<>();
    for (HumanQuestion question : questions) {
      question.answers().forEach(answer -> words.addAll(SentenceSearch.words(answer)));
    }
    SentenceSearch search = new SentenceSearch(passages, words, tagger.lexicon());
    List<Supervised> found = new ArrayList<>();
    for (HumanQuestion question : questions) {
      Supervised supervised = best(question, search);
      if (supervised != null) {
        found.add(supervised);
      }
    }
    return found;
  }

  private @Nullable Supervised best(HumanQuestion question, SentenceSearch search) {
    SentenceSearch.Query query = search.query(question.text());
    Supervised best = null;
    double most = LEAST_SHARED;
    for (String answer : question.answers()) {
      List<String> words = SentenceSearch.words(answer);
      for (SentenceSearch.Place place : rarest(words, search)) {
        double shared = query.shared(place);
        if (shared > most) {
          Supervised supervised = at(question, words, place);
          if (supervised != null) {
            best = supervised;
            most = shared;
          }
        }
      }
    }
    return best;
  }

  private static List<SentenceSearch.Place> rarest(List<String> words, SentenceSearch search) {
    List<SentenceSearch.Place> fewest =
        words.size() > LONGEST_ANSWER
            ? List.of()
            : words.stream()
                .map(search::with)
                .min(Comparator.comparingInt(List::size))
                .orElse(List.of());
    return fewest.size() > MOST_PLACES ? List.of() : fewest;
  }

  private @Nullable Supervised at(
      HumanQuestion question, List<String> answer, SentenceSearch.Place place) {
    Passage passage = place.passage();
    List<Token> sentence = reteller.tag(passage, passage.sentences().get(place.sentence()));
    int from = indexOf(answer, sentence);
    if (from < 0) {
      return null;
    }
    int to = end(answer, sentence, from);
    while (from + 1 < to && sentence.get(from).is(Tag.DETERMINER)) {
      from++;
    }
    List<Token> words = words(question, passage);
    List<Token> found = sentence.subList(from, to);
    boolean usable = allowed.test(words) && !repeats(words, found) && isOfKind(words, found);
    return usable
        ? new Supervised(words, question.isLowerCase(), passage, place.sentence(), from, to)
        : null;
  }

  /** The first token from which the words follow each other, marks between them aside; or -1. */
  private static int indexOf(List<String> words, List<Token> sentence) {
    for (int i = 0; i < sentence.size(); i++) {
      if (sentence.get(i).is(words.getFirst()) && end(words, sentence, i) > 0) {
        return i;
      }
    }
    return -1;
  }

  private static int end(List<String> words, List<Token> sentence, int from) {
    int next = 0;
    int i = from;
    for (; i < sentence.size() && next < words.size(); i++) {
      if (sentence.get(i).is(words.get(next))) {
        next++;
      } else if (!sentence.get(i).is(Tag.PUNCTUATION)) {
        return -1;
      }
    }
    return next == words.size() ? i : -1;
  }

  private static boolean repeats(List<Token> question, List<Token> answer) {
    return answer.stream().allMatch(token -> question.stream().anyMatch(q -> q.is(token.lower())));
  }

  /** A time for "when", a number for "how many", a name for "who". */
  private static boolean isOfKind(List<Token> question, List<Token> answer) {
    boolean number = answer.stream().anyMatch(token -> token.is(Tag.NUMBER));
    for (int i = 0; i < question.size(); i++) {
      Token word = question.get(i);
      if (word.is("who") || word.is("whom")) {
        return answer.stream().anyMatch(token -> token.is(Tag.NAME));
      }
      if (word.is("when") && i == 0) {
        return number || answer.stream().anyMatch(t -> t.is(Tag.MONTH) || t.is(Tag.WEEKDAY));
      }
      boolean year = word.is("year") && i > 0 && question.get(i - 1).is("what");
      boolean count = word.is("how") && i + 1 < question.size() && question.get(i + 1).is("many");
      if (year || count) {
        return number;
      }
    }
    return true;
  }

  /** The words of a question; where it was typed in small letters, names have their capitals. */
  private List<Token> words(HumanQuestion question, Passage passage) {
    List<Token> typed = tagger.tag(question.text(), "");
    return question.isLowerCase()
        ? new Capitals(passage, reteller, tagger.lexicon()).restored(typed)
        : typed;
  }
}
