package dev.refrain.topology.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of the almanac, which nothing that is to be tried on it may be trained on: every title,
 * and every capitalised word that the almanac never writes in small letters, months and words such
 * as "Mount" aside. Immutable.
 */
public final class AlmanacNames implements Predicate<String> {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}]+");

  /** Words that are written with a capital and belong to many names, or are none. */
  private static final Set<String> COMMON =
      Set.of(
          "january",
          "february",
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december",
          "comet",
          "fort",
          "gallery",
          "gulf",
          "horn",
          "isle",
          "moon",
          "mount",
          "roman",
          "saint",
          "san",
          "alps",
          "case",
          "bc",
          "celsius",
          "o",
          "m",
          "c",
          "w",
          "according");

  private final Set<String> names;

  private AlmanacNames(Set<String> names) {
    this.names = Set.copyOf(names);
  }

  /** Reads the almanac. */
  public static AlmanacNames read() throws IOException {
    Set<String> names = new HashSet<>();
    Set<String> small = new HashSet<>();
    Set<String> titles = new HashSet<>();
    try (BufferedReader lines = new BufferedReader(Quickstart.text("articles.jsonl"))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode article = JsonMapper.builder().build().readTree(line);
        titles.add(article.get("title").asText().toLowerCase(Locale.ROOT));
        Matcher words = WORD.matcher(article.get("text").asText());
        while (words.find()) {
          boolean capital = Character.isUpperCase(words.group().codePointAt(0));
          (capital ? names : small).add(words.group().toLowerCase(Locale.ROOT));
        }
      }
    }
    names.removeAll(small);
    names.addAll(titles);
    names.removeAll(COMMON);
    return new AlmanacNames(names);
  }

  /** Whether a name or a word is one of the almanac's, in whatever letters. */
  @Override
  public boolean test(String name) {
    return names.contains(name.toLowerCase(Locale.ROOT));
  }
}
