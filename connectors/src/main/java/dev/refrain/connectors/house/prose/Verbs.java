package dev.refrain.connectors.house.prose;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Forms of verbs: those of {@code verbs.txt}, regular ones by rule. Immutable, thread-safe. */
final class Verbs {
  private static final String VOWELS = "aeiou";

  /** A verb's forms. */
  record Verb(String base, String past, String participle, String third, String ing) {}

  private final Map<String, Verb> bases = new HashMap<>();
  private final Map<String, Verb> pasts = new HashMap<>();
  private final Map<String, Verb> participles = new HashMap<>();
  private final Map<String, Verb> thirds = new HashMap<>();
  private final Map<String, Verb> ings = new HashMap<>();

  Verbs() {
    boolean regular = false;
    for (String line : Resource.lines("verbs.txt")) {
      List<String> words = List.of(line.split(" +", -1));
      if (line.equals("regular")) {
        regular = true;
      } else if (regular) {
        words.forEach(word -> add(regular(word)));
      } else {
        String base = words.get(0);
        String end = base.endsWith("it") || base.endsWith("et") || base.length() == 3 ? "+" : "";
        String ing = regular(isVowelBeforeLast(base) ? base + end : base).ing();
        add(new Verb(base, words.get(1), words.get(2), third(base), ing));
      }
    }
  }

  private static boolean isVowelBeforeLast(String base) {
    int n = base.length();
    return n > 2
        && VOWELS.indexOf(base.charAt(n - 2)) >= 0
        && (VOWELS + "wy").indexOf(base.charAt(n - 1)) < 0
        && VOWELS.indexOf(base.charAt(n - 3)) < 0;
  }

  private void add(Verb verb) {
    bases.putIfAbsent(verb.base, verb);
    pasts.putIfAbsent(verb.past, verb);
    participles.putIfAbsent(verb.participle, verb);
    thirds.putIfAbsent(verb.third, verb);
    ings.putIfAbsent(verb.ing, verb);
  }

  private static Verb regular(String entry) {
    boolean doubled = entry.endsWith("+");
    String base = doubled ? entry.substring(0, entry.length() - 1) : entry;
    String stem = doubled ? base + base.charAt(base.length() - 1) : base;
    String past = stem + "ed";
    String ing = stem + "ing";
    if (base.endsWith("ie")) {
      past = base + "d";
      ing = base.substring(0, base.length() - 2) + "ying";
    } else if (base.endsWith("e")) {
      past = base + "d";
      ing = base.endsWith("ee") ? base + "ing" : base.substring(0, base.length() - 1) + "ing";
    } else if (endsInConsonantY(base)) {
      past = base.substring(0, base.length() - 1) + "ied";
    }
    return new Verb(base, past, past, third(base), ing);
  }

  private static String third(String base) {
    if (base.equals("have")) {
      return "has";
    }
    if (endsInConsonantY(base)) {
      return base.substring(0, base.length() - 1) + "ies";
    }
    return base.matches(".*(s|x|z|ch|sh|o)") ? base + "es" : base + "s";
  }

  private static boolean endsInConsonantY(String base) {
    return base.endsWith("y") && VOWELS.indexOf(base.charAt(base.length() - 2)) < 0;
  }

  @Nullable Verb ofBase(String word) {
    return bases.get(word);
  }

  @Nullable Verb ofPast(String word) {
    return pasts.get(word);
  }

  @Nullable Verb ofParticiple(String word) {
    return participles.get(word);
  }

  @Nullable Verb ofThird(String word) {
    return thirds.get(word);
  }

  @Nullable Verb ofIng(String word) {
    return ings.get(word);
  }
}
