package dev.refrain.connectors.house.prose;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the corpus's names stand for, by what the articles of these titles say in their first
 * sentence. Immutable once read, thread-safe then.
 */
final class Gazetteer {
  static final String PERSON = "person";
  private final Map<String, String> kinds = new HashMap<>(1 << 18);
  private final Map<String, int[]> firstNames = new HashMap<>();
  private final Set<String> surnames = new HashSet<>();
  private final Set<String> personKinds = new HashSet<>();
  private final Lexicon lexicon;

  Gazetteer(Lexicon lexicon) {
    this.lexicon = lexicon;
  }

  void add(String title, String kind, boolean person) {
    if (person) {
      String[] words = title.split(" ", -1);
      firstNames.computeIfAbsent(words[0], w -> new int[1])[0]++;
      if (words.length > 1) {
        surnames.add(words[words.length - 1]);
      }
      personKinds.add(kind);
    }
    if (person || !kind.isEmpty()) {
      kinds.putIfAbsent(title, person ? PERSON : kind);
    }
  }

  boolean isPersonKind(String noun) {
    return personKinds.contains(noun);
  }

  /** What kind of thing has this name; empty if unknown. */
  String kind(List<Token> name) {
    StringBuilder text = new StringBuilder();
    for (Token token : name) {
      text.append(token.gap() && !text.isEmpty() ? " " : "").append(token.text());
    }
    String known = kinds.get(text.toString());
    if (known != null && (name.size() > 1 || known.equals(PERSON) || isPlace(known))) {
      return known.equals("capital") ? "city" : known;
    }
    String generic = generic(name);
    if (!generic.isEmpty() && !lexicon.is(name.getFirst().lower(), Tag.TITLE)) {
      return generic;
    }
    boolean firstName = firstNames.getOrDefault(name.getFirst().text(), new int[1])[0] >= 2;
    boolean person =
        name.size() > 1
            ? firstName || lexicon.is(name.getFirst().lower(), Tag.TITLE)
            : !firstName && surnames.contains(name.getFirst().text());
    boolean common =
        name.subList(1, name.size()).stream()
            .anyMatch(token -> token.is(Tag.GENERIC) || lexicon.isCommon(token.lower()));
    return person && !common ? PERSON : "";
  }

  /** "Lake X" is a lake, "X University" a university. */
  private String generic(List<Token> name) {
    if (name.size() < 2) {
      return "";
    }
    Token last = name.getLast();
    Token first = name.getFirst();
    if (last.is(Tag.GENERIC) && isNoun(last.lower())) {
      return last.lower();
    }
    boolean of = name.size() > 2 && name.get(1).is("of");
    if (first.is(Tag.GENERIC) && (of || first.is("lake") || first.is("mount"))) {
      return first.is("mount") ? "mountain" : isNoun(first.lower()) ? first.lower() : "";
    }
    return "";
  }

  private static final Set<String> QUALITIES =
      Set.of(
          "north",
          "south",
          "east",
          "west",
          "northern",
          "southern",
          "eastern",
          "western",
          "central",
          "upper",
          "lower",
          "new",
          "old",
          "great",
          "little",
          "grand",
          "big",
          "royal",
          "national",
          "international",
          "general",
          "federal",
          "high",
          "olympic",
          "united",
          "first",
          "second",
          "third",
          "world",
          "super",
          "junior",
          "senior",
          "premier",
          "sir",
          "dr",
          "mr",
          "st",
          "saint",
          "jr",
          "sr",
          "times",
          "games",
          "olympics",
          "mrs",
          "air",
          "post");

  private static boolean isNoun(String generic) {
    return !QUALITIES.contains(generic);
  }

  boolean isPlace(String kind) {
    return lexicon.is(kind, Tag.PLACE);
  }
}
