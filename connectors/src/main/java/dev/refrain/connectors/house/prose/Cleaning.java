package dev.refrain.connectors.house.prose;

import dev.refrain.connectors.text.Sentences;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Takes the clean sentences from the opening of an article. */
final class Cleaning {
  private static final int MOST_SENTENCES = 8;
  private static final int MOST_WORDS = 110;
  private static final int LONGEST_QUESTION = 25;
  private static final Pattern LIFE =
      Pattern.compile("born .*\\d{4}.*|[^;]*\\b\\d{4} ?[-–] ?[^;]*\\d{4}[^;]*");
  private static final Pattern TALK =
      Pattern.compile("\\b(I|you|your|we|our|You|We|Your|Our|click|article|Wikipedia|http)\\b");
  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9À-ÿ ,.'()%$£€²°-–-]");

  /** Where a measure or a word in another script was left out. */
  private static final Pattern GAP =
      Pattern.compile(
          "\\b(about|around|lies|located) (from|north|south|east|west|and|in|of)\\b (of|from)|\\b(about|the|a|an) (from|is|was)\\b|\\b(in|on|at) (and|at|on|in)\\b|\\bof (at|in|on)\\b");

  private static final Pattern PARENTHESIS = Pattern.compile(" ?\\(([^()]*)\\)");

  private Cleaning() {}

  /** The title without what distinguishes it from others of the same name. */
  static String title(String title) {
    int bracket = title.indexOf(" (");
    String bare = bracket > 0 ? title.substring(0, bracket) : title;
    int comma = bare.indexOf(", ");
    return (comma > 0 ? bare.substring(0, comma) : bare).strip();
  }

  /** Whether all longer words of a title of several words have capitals. */
  static boolean isProper(String title) {
    String[] words = title.split(" ", -1);
    for (String word : words) {
      if (word.length() > 4 && Character.isLowerCase(word.charAt(0))) {
        return false;
      }
    }
    return words.length > 1;
  }

  static boolean isUsableTitle(String title) {
    return title.length() > 2
        && title.length() < 45
        && Character.isLetter(title.charAt(0))
        && !UNSAFE.matcher(title).find()
        && !title.startsWith("List ")
        && title.chars().noneMatch(Character::isDigit);
  }

  /** The sentences of the opening, up to the first heading, that are clean prose. */
  static List<String> sentences(String text) {
    List<String> clean = new ArrayList<>();
    int words = 0;
    for (String line : text.lines().toList()) {
      if (words(line) < 8 && !clean.isEmpty()) {
        break;
      }
      for (String sentence : Sentences.of(line)) {
        String plain = plain(sentence);
        if (isClean(plain)) {
          words += words(plain);
          if (words > MOST_WORDS) {
            return clean;
          }
          clean.add(plain);
        } else if (clean.isEmpty()) {
          return clean;
        }
      }
      if (clean.size() >= MOST_SENTENCES) {
        break;
      }
    }
    return clean;
  }

  /** A question without quotation marks, the blanks of tokenised text and the mark at its end. */
  static String question(String text) {
    return text.replace('’', '\'')
        .replaceAll("[\"“”`]", "")
        .replace(" 's", "'s")
        .replaceAll(" ([,.)])", "$1")
        .replaceAll(" +", " ")
        .replaceAll("[ ?.]+$", "")
        .strip();
  }

  static boolean isUsableQuestion(String question) {
    int words = words(question);
    return words >= 3
        && words <= LONGEST_QUESTION
        && !UNSAFE.matcher(question).find()
        && !TALK.matcher(question).find();
  }

  private static int words(String text) {
    int words = 1;
    for (int i = 0; i < text.length(); i++) {
      words += text.charAt(i) == ' ' ? 1 : 0;
    }
    return words;
  }

  /** Without quotation marks and without parentheses other than those of birth and death. */
  private static String plain(String sentence) {
    String plain =
        sentence
            .replace("&amp;", "&")
            .replace('’', '\'')
            .replace('—', '–')
            .replace("\"", "")
            .replace("“", "")
            .replace("”", "");
    plain =
        PARENTHESIS
            .matcher(plain)
            .replaceAll(
                found ->
                    LIFE.matcher(found.group(1)).matches()
                        ? " (" + found.group(1).replace("$", "\\$") + ")"
                        : "");
    return plain.replaceAll(" +", " ").replace(" ,", ",").replaceAll("\\.+$", ".").strip();
  }

  private static boolean isClean(String sentence) {
    int words = words(sentence);
    return words >= 4
        && words <= 32
        && sentence.endsWith(".")
        && Character.isUpperCase(sentence.charAt(0))
        && !UNSAFE.matcher(sentence).find()
        && !TALK.matcher(sentence).find()
        && !sentence.contains(" .")
        && !sentence.contains("''")
        && !sentence.contains(",,")
        && !sentence.contains("( ")
        && sentence.indexOf('(') < 0 == sentence.indexOf(')') < 0
        && !GAP.matcher(sentence).find()
        && sentence.chars().filter(c -> c == ',').count() <= 5;
  }
}
