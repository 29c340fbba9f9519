package dev.refrain.connectors.house.prose;

import java.util.List;
import java.util.Set;

/** Finds what a first sentence says its subject is: "X was a German composer of" a composer. */
final class Kinds {
  private static final Set<String> EMPTY =
      Set.of(
          "kind", "type", "sort", "form", "name", "part", "one", "member", "group", "species",
          "set", "series", "piece", "number", "term", "word", "style", "genus", "family", "breed");

  private Kinds() {}

  /** The noun, in lower case; empty if there is none. */
  static String of(List<Token> first) {
    int depth = 0;
    for (int i = 1; i + 2 < first.size(); i++) {
      depth += first.get(i).is("(") ? 1 : first.get(i).is(")") ? -1 : 0;
      boolean be = first.get(i).is(Tag.BE) && depth == 0;
      if (be) {
        return complement(first, i + 1);
      }
    }
    return "";
  }

  private static String complement(List<Token> tokens, int start) {
    int i = start;
    while (i < tokens.size() && tokens.get(i).is(Tag.ADVERB)) {
      i++;
    }
    boolean determined =
        i < tokens.size()
            && (tokens.get(i).is("a") || tokens.get(i).is("an") || tokens.get(i).is("the"));
    if (!determined) {
      return "";
    }
    NounPhrases nouns = new NounPhrases(tokens);
    int end = nouns.simpleEnd(i, false);
    if (end <= i) {
      return "";
    }
    Token head = tokens.get(end - 1);
    if (EMPTY.contains(head.lower()) && end < tokens.size() && tokens.get(end).is("of")) {
      int inner = nouns.simpleEnd(end + 1, false);
      head = inner > end + 1 ? tokens.get(inner - 1) : head;
    }
    return head.is(Tag.NAME) || head.is(Tag.NUMBER) || !Character.isLetter(head.text().charAt(0))
        ? ""
        : head.lower();
  }
}
