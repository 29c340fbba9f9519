package dev.refrain.connectors.house.worlds;

import java.util.Locale;
import java.util.regex.Pattern;

/** The little English grammar that filling forms needs. */
final class English {
  private static final Pattern VOWEL_SOUND =
      Pattern.compile(
          "(?i)(?!(uni|eu|use|uti|ura|one\\b|once))[aeiou].*|(?i)(hour|honest|heir|8).*");

  private static final Pattern DATE = Pattern.compile("\\d{1,2} [A-Z][a-z]+ \\d{4}");

  private English() {}

  /** Whether the indefinite article before this text is "an". */
  static boolean wantsAn(String text) {
    return VOWEL_SOUND.matcher(text).lookingAt();
  }

  /** Whether the text ends with the word "a" and a blank. */
  static boolean endsWithA(CharSequence text) {
    int end = text.length();
    return end >= 2
        && text.charAt(end - 1) == ' '
        && (text.charAt(end - 2) == 'a' || text.charAt(end - 2) == 'A')
        && (end == 2 || text.charAt(end - 3) == ' ');
  }

  /** Whether this is a day with month and year, such as "12 May 1832". */
  static boolean isDate(String text) {
    return DATE.matcher(text).matches();
  }

  /** Turns "in" at the end of the text into "on", as it stands before a day. */
  static void inToOn(StringBuilder text) {
    int in = text.length() - 3;
    if (in >= 0
        && text.substring(in).equalsIgnoreCase("in ")
        && (in == 0 || text.charAt(in - 1) == ' ')) {
      text.setCharAt(in, text.charAt(in) == 'I' ? 'O' : 'o');
    }
  }

  /** The text with its first letter large. */
  static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /** The plural of a noun, by rule. */
  static String plural(String noun) {
    if (noun.matches(".*(fish|deer)")) {
      return noun;
    }
    if (noun.endsWith("mouse")) {
      return noun.substring(0, noun.length() - 4) + "ice";
    }
    if (noun.endsWith("wolf")) {
      return noun.substring(0, noun.length() - 1) + "ves";
    }
    if (noun.matches(".*(s|x|z|ch|sh)")) {
      return noun + "es";
    }
    if (noun.matches(".*[^aeiou]y")) {
      return noun.substring(0, noun.length() - 1) + "ies";
    }
    return noun + "s";
  }
}
