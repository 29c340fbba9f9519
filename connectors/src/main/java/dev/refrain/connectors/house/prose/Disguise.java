package dev.refrain.connectors.house.prose;

import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Gives the names and numbers of one exercise other ones, always the same for the same. */
final class Disguise {
  private static final Set<String> NUMERALS =
      Set.of("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII");
  private static final List<String> COUNTS =
      List.of(
          "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
          "twelve");
  private static final List<String> MONTHS =
      Stream.of(Month.values())
          .map(month -> month.getDisplayName(TextStyle.FULL, Locale.ENGLISH))
          .toList();
  private static final int LATEST_YEAR = 2025;

  private final NamePool pool;
  private final Lexicon lexicon;
  private final Dice dice;
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, String> words = new HashMap<>();
  private final Map<String, String> numbers = new HashMap<>();
  private final int years;
  private final int months;

  Disguise(NamePool pool, Lexicon lexicon, Dice dice) {
    this.pool = pool;
    this.lexicon = lexicon;
    this.dice = dice;
    years = dice.between(3, 60) * (dice.chance(0.7) ? -1 : 1);
    months = dice.between(1, 11);
  }

  /** Gives a common word, such as a title, an invented one for this exercise. */
  void hide(String lower) {
    String word = pool.name(dice).toLowerCase(Locale.ROOT);
    while (word.endsWith("s")) {
      word = pool.name(dice).toLowerCase(Locale.ROOT);
    }
    words.put(lower, word);
    words.put(
        lower.endsWith("s") ? lower.substring(0, lower.length() - 1) : lower + "s", word + "s");
  }

  /** The tokens as the exercise shows them. */
  List<Token> disguise(List<Token> tokens) {
    List<Token> shown = new ArrayList<>(tokens.size());
    for (Token token : tokens) {
      shown.add(token.shown(shown(token)));
    }
    for (int i = 0; i + 1 < shown.size(); i++) {
      Token token = shown.get(i);
      Token next = shown.get(i + 1);
      if ((token.is("a") || token.is("an")) && !next.shown().equals(next.text())) {
        String article =
            "aeio".indexOf(Character.toLowerCase(next.shown().charAt(0))) >= 0 ? "an" : "a";
        shown.set(i, token.shown(capital(token.text().charAt(0), article)));
      }
    }
    return shown;
  }

  private String shown(Token token) {
    if (token.is(Tag.NAME)) {
      return token.is(Tag.GENERIC) || token.is(Tag.NUMBER) ? token.text() : name(token);
    }
    if (token.is(Tag.MONTH) && Character.isUpperCase(token.text().charAt(0))) {
      return month(token.text());
    }
    if (Character.isDigit(token.text().charAt(0))) {
      return numbers.computeIfAbsent(token.text(), this::number);
    }
    if (COUNTS.contains(token.lower())) {
      String count = numbers.computeIfAbsent(token.lower(), word -> dice.pick(COUNTS));
      return capital(token.text().charAt(0), count);
    }
    String word = words.get(token.lower());
    return word == null ? token.text() : capital(token.text().charAt(0), word);
  }

  private static String capital(char like, String word) {
    return Character.isUpperCase(like)
        ? Character.toUpperCase(word.charAt(0)) + word.substring(1)
        : word;
  }

  private String month(String month) {
    int index = MONTHS.indexOf(month);
    return index < 0 ? month : MONTHS.get((index + months) % 12);
  }

  private String name(Token token) {
    String text = token.text();
    String known = names.get(text);
    if (known != null) {
      return known;
    }
    String name = invented(text, token.lower());
    names.put(text, name);
    return name;
  }

  private String invented(String text, String lower) {
    if (NUMERALS.contains(text)) {
      return text;
    }
    if (text.equals(text.toUpperCase(Locale.ROOT)) && text.length() <= 6) {
      return letters(text);
    }
    if (lexicon.isCommon(lower)) {
      return capital('A', pool.word(dice));
    }
    for (Map.Entry<String, String> entry : names.entrySet()) {
      String stem = entry.getKey();
      if (stem.length() >= 4 && text.startsWith(stem)) {
        return derived(entry.getValue(), text.substring(stem.length()));
      }
    }
    return NamePool.isAdjective(lower) ? pool.adjective(dice) : pool.name(dice);
  }

  private static String derived(String stem, String ending) {
    boolean vowels =
        "aeiou".indexOf(ending.charAt(0)) >= 0
            && "aeiou".indexOf(stem.charAt(stem.length() - 1)) >= 0;
    return (vowels ? stem.substring(0, stem.length() - 1) : stem) + ending;
  }

  private String letters(String like) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < like.length(); i++) {
      char c = like.charAt(i);
      letters.append(Character.isLetter(c) ? (char) ('A' + dice.below(23)) : c);
    }
    return letters.toString();
  }

  private String number(String text) {
    int digits = 0;
    while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
      digits++;
    }
    String suffix = text.substring(digits);
    boolean whole = digits == text.length();
    if (digits == 4 && text.matches("(1[0-9]|20)[0-9]{2}s?")) {
      return year(Integer.parseInt(text.substring(0, 4)), suffix);
    }
    if (suffix.matches("st|nd|rd|th")) {
      return suffix.equals("th") ? dice.between(4, 20) + "th" : text;
    }
    if (whole && digits <= 2) {
      int value = Integer.parseInt(text);
      return String.valueOf(
          value < 10 ? dice.between(2, 9) : dice.between(10, value <= 31 ? 28 : 99));
    }
    return scrambled(text);
  }

  private String year(int year, String suffix) {
    int shift = suffix.isEmpty() ? years : years / 10 * 10;
    int moved = year + shift;
    return (moved > LATEST_YEAR ? year - Math.abs(shift) : moved) + suffix;
  }

  /** Other digits, the same zeros at the end. */
  private String scrambled(String text) {
    int zeros = text.length();
    while (zeros > 1 && "0,".indexOf(text.charAt(zeros - 1)) >= 0) {
      zeros--;
    }
    StringBuilder number = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean change = Character.isDigit(c) && i < zeros;
      number.append(change ? (char) ('0' + dice.between(i == 0 ? 1 : 0, 9)) : c);
    }
    return number.toString();
  }
}
