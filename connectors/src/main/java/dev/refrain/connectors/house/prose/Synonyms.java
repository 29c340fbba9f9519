package dev.refrain.connectors.house.prose;

import dev.refrain.connectors.house.prose.Verbs.Verb;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Words that may stand for others: {@code synonyms.txt}. Immutable, thread-safe. */
final class Synonyms {
  private final Verbs verbs;
  private final Map<String, List<String>> bases = new HashMap<>();
  private final Map<String, List<String>> words = new HashMap<>();

  Synonyms(Verbs verbs) {
    this.verbs = verbs;
    for (String line : Resource.lines("synonyms.txt")) {
      int colon = line.indexOf(':');
      List<String> group = List.of(line.substring(colon + 2).split(", ", -1));
      String word = group.getFirst();
      List<String> others = group.subList(1, group.size());
      switch (line.substring(0, colon)) {
        case "verb" -> add(bases, word, others);
        case "noun" -> {
          add(words, word, others);
          add(words, plural(word), others.stream().map(Synonyms::plural).toList());
        }
        default -> add(words, word, others);
      }
    }
  }

  private static void add(Map<String, List<String>> map, String word, List<String> others) {
    map.computeIfAbsent(word, w -> new ArrayList<>()).addAll(others);
  }

  private static String plural(String noun) {
    if (noun.equals("child")) {
      return "children";
    }
    if (noun.equals("person") || noun.equals("people")) {
      return noun.equals("people") ? "people" : "persons";
    }
    if (noun.equals("series") || noun.equals("aircraft")) {
      return noun;
    }
    if (noun.endsWith("y") && "aeiou".indexOf(noun.charAt(noun.length() - 2)) < 0) {
      return noun.substring(0, noun.length() - 1) + "ies";
    }
    return noun.matches(".*(s|x|ch|sh)") ? noun + "es" : noun + "s";
  }

  /** Another word for this one, or null. */
  @Nullable String word(String word, Dice dice) {
    List<String> others = words.get(word);
    return others == null ? null : dice.pick(others);
  }

  /** A form of another verb, particles included, or null. */
  @Nullable String verb(Verb verb, Function<Verb, String> form, Dice dice) {
    List<String> others = bases.get(verb.base());
    if (others == null) {
      return null;
    }
    String other = dice.pick(others);
    int blank = other.indexOf(' ');
    String base = blank < 0 ? other : other.substring(0, blank);
    Verb found = verbs.ofBase(base);
    return found == null ? null : form.apply(found) + (blank < 0 ? "" : other.substring(blank));
  }
}
