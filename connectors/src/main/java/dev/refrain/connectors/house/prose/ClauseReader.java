package dev.refrain.connectors.house.prose;

import dev.refrain.connectors.house.prose.Phrase.Role;
import dev.refrain.connectors.house.prose.Verbs.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads the clauses of a sentence: subject, verb and phrases, as far as the rules are sure of them.
 * For one sentence.
 */
final class ClauseReader {
  private static final int LONGEST_INSERTION = 10;
  private static final Set<String> INTRANSITIVE =
      Set.of("die", "move", "live", "study", "retire", "end", "return", "serve", "work", "attend");
  private final Verbs forms;
  private final List<Token> tokens;
  private final NounPhrases nouns;
  private final VerbReader verbs;
  private final List<Clause> clauses = new ArrayList<>();

  private ClauseReader(Verbs forms, List<Token> tokens) {
    this.forms = forms;
    this.tokens = tokens;
    nouns = new NounPhrases(tokens);
    verbs = new VerbReader(forms, tokens, nouns);
  }

  /** The clauses of a sentence; none where it is too involved. */
  static List<Clause> read(Verbs forms, List<Token> sentence) {
    ClauseReader reader = new ClauseReader(forms, withoutParentheses(sentence));
    reader.sentence();
    return reader.clauses;
  }

  private static List<Token> withoutParentheses(List<Token> sentence) {
    List<Token> plain = new ArrayList<>(sentence.size());
    int depth = 0;
    for (Token token : sentence) {
      depth += token.is("(") ? 1 : 0;
      if (depth == 0) {
        plain.add(token);
      }
      depth -= token.is(")") ? 1 : 0;
    }
    if (!plain.isEmpty() && plain.getLast().is(".")) {
      plain.removeLast();
    }
    return plain;
  }

  private boolean is(int i, Tag tag) {
    return i < tokens.size() && tokens.get(i).is(tag);
  }

  private boolean is(int i, String word) {
    return i < tokens.size() && tokens.get(i).is(word);
  }

  private void sentence() {
    int start = 0;
    List<Phrase> lead = List.of();
    if (is(0, Tag.PREPOSITION) || (is(0, Tag.ADVERB) && is(1, ","))) {
      PhraseReader reader = new PhraseReader(tokens, nouns);
      int end = reader.lead(0);
      if (end < 0) {
        return;
      }
      lead = reader.phrases();
      start = is(end, ",") ? end + 1 : end;
    }
    if (is(start, Tag.SUBORDINATOR)) {
      return;
    }
    main(start, lead);
  }

  private void main(int start, List<Phrase> lead) {
    int end = subjectEnd(start);
    if (end == start || is(start, Tag.ADVERB)) {
      return;
    }
    List<Token> subject = tokens.subList(start, end);
    int next = insertionEnd(end);
    boolean first = true;
    while (next > 0 && next < tokens.size() && (first || isActive(next))) {
      next = predicate(subject, next, first ? lead : List.of());
      first = false;
    }
  }

  /** Whether the verb is no participle that shares the auxiliary of the one before: "and named". */
  private boolean isActive(int i) {
    boolean passive = !clauses.isEmpty() && clauses.getLast().isPassive();
    Verb verb = is(i, Tag.PAST) ? forms.ofPast(tokens.get(i).lower()) : null;
    return !passive
        || verb == null
        || !verb.past().equals(verb.participle())
        || INTRANSITIVE.contains(verb.base());
  }

  /** The end of a noun phrase with its prepositional ones. */
  private int subjectEnd(int start) {
    int end = nouns.end(start, true);
    boolean longer = end > start && !is(start, Tag.PRONOUN);
    while (longer) {
      longer = false;
      if (is(end, Tag.PREPOSITION) || is(end, "and")) {
        int inner = nouns.end(end + 1, true);
        if (inner > end + 1 && !is(end + 1, Tag.PRONOUN)) {
          end = inner;
          longer = true;
        }
      }
    }
    return end;
  }

  /** Behind "..., a town in the north, ..."; where nothing is inserted, the place itself. */
  private int insertionEnd(int end) {
    if (!is(end, ",")) {
      return end;
    }
    for (int i = end + 1; i < tokens.size() && i <= end + LONGEST_INSERTION; i++) {
      if (is(i, ",")) {
        return verbs.isFinite(i + 1) ? i + 1 : -1;
      }
    }
    return -1;
  }

  /** Reads one verb with its phrases; returns where a further verb of the subject is, or -1. */
  private int predicate(List<Token> subject, int start, List<Phrase> lead) {
    VerbGroup group = verbs.read(start, subject);
    if (group == null) {
      return -1;
    }
    PhraseReader reader = new PhraseReader(tokens, nouns);
    int end = reader.read(group.end(), lead);
    if (end < 0) {
      return -1;
    }
    Clause clause =
        new Clause(
            subject,
            group.auxiliary(),
            group.middle(),
            group.word(),
            group.verb(),
            reader.phrases());
    clauses.add(clause);
    reduced(clause);
    return relative(clause, end) ? end + 1 : continuation(end);
  }

  /** "a singer who won X": the subject won X. */
  private boolean relative(Clause clause, int end) {
    boolean pronoun = is(end, "who") || is(end, "that") || is(end, "which");
    boolean complement =
        clause.isCopula()
            && clause.phrases().size() == 1
            && clause.phrases().getFirst().is(Role.OBJECT);
    return pronoun && complement && verbs.isFinite(end + 1);
  }

  /** "a film directed by X": the subject was directed by X. */
  private void reduced(Clause clause) {
    if (!clause.isCopula() || clause.auxiliary() == null) {
      return;
    }
    for (Phrase phrase : clause.phrases()) {
      if (phrase.is(Role.OPAQUE)
          && phrase.first().is(Tag.PARTICIPLE)
          && phrase.words().size() > 2) {
        List<Token> words = phrase.words();
        PhraseReader reader = new PhraseReader(words, new NounPhrases(words));
        if (reader.read(1, List.of()) > 0 && !reader.phrases().isEmpty()) {
          Token first = words.getFirst();
          clauses.add(
              new Clause(
                  clause.subject(),
                  isEvent(reader.phrases()) ? was(clause.auxiliary()) : clause.auxiliary(),
                  List.of(),
                  first,
                  forms.ofParticiple(first.lower()),
                  reader.phrases()));
        }
        return;
      }
    }
  }

  private static Token was(Token be) {
    return new Token("was", "was", "was", true, be.tags());
  }

  private static boolean isEvent(List<Phrase> phrases) {
    return phrases.stream()
        .anyMatch(
            phrase ->
                phrase.prepositionText().equals("by")
                    || phrase.words().stream().anyMatch(t -> t.is(Tag.YEAR) || t.is(Tag.MONTH)));
  }

  /** Where "and" brings a further verb of the same subject; a new subject is read at once. */
  private int continuation(int end) {
    int i = is(end, ",") ? end + 1 : end;
    if (!is(i, "and") && !is(i, "but")) {
      return -1;
    }
    if (verbs.isFinite(i + 1)) {
      return i + 1;
    }
    int subject = subjectEnd(i + 1);
    if (subject > i + 1 && verbs.isFinite(subject)) {
      main(i + 1, List.of());
    }
    return -1;
  }
}
