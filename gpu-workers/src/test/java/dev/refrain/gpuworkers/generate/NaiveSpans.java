package dev.refrain.gpuworkers.generate;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** All answers that a span constraint allows, written out; of Latin text without marks only. */
final class NaiveSpans {
  private static final Pattern WORD =
      Pattern.compile("(?:\\d[.,](?=\\d)|\\p{L}['’](?=\\p{L})|[\\p{L}\\p{N}])+|\\S");

  private final Set<String> answers = new HashSet<>();
  private final List<String> stopStrings;

  NaiveSpans(List<String> sources, List<String> alternatives, List<String> stopStrings) {
    this.stopStrings = stopStrings;
    sources.forEach(this::addRuns);
    answers.addAll(alternatives);
    answers.removeIf(answer -> stopStrings.stream().anyMatch(answer::contains));
  }

  private void addRuns(String source) {
    List<MatchResult> words = WORD.matcher(source).results().toList();
    for (int first = 0; first < words.size(); first++) {
      for (int last = first; last < words.size(); last++) {
        int start = words.get(first).start();
        int end = words.get(last).end();
        boolean begins = isWord(words.get(first)) || start == 0 || source.charAt(start - 1) <= ' ';
        boolean ends =
            isWord(words.get(last)) || end == source.length() || source.charAt(end) <= ' ';
        if (begins && ends) {
          answers.add(source.substring(start, end));
        }
      }
    }
  }

  private static boolean isWord(MatchResult word) {
    return Character.isLetterOrDigit(word.group().charAt(0));
  }

  /** The answers, without a space in front. */
  Set<String> answers() {
    return answers;
  }

  /**
   * The tokens that go on after some text, for a sequence of unlimited length.
   *
   * @param before the text, a byte a character
   */
  int[] allowed(String before, Map<Integer, byte[]> tokens, Set<Integer> stopTokens) {
    List<String> wholes = new ArrayList<>();
    for (String answer : answers) {
      for (String whole : List.of(answer, " " + answer)) {
        wholes.add(whole);
        stopStrings.forEach(stop -> wholes.add(whole + stop));
      }
    }
    boolean ended =
        answers.stream()
            .map(NaiveSpans::bytes)
            .anyMatch(answer -> before.equals(answer) || before.equals(" " + answer));
    List<Integer> allowed = new ArrayList<>();
    tokens.forEach(
        (id, bytes) -> {
          String after = before + new String(bytes, StandardCharsets.ISO_8859_1);
          boolean goesOn = wholes.stream().anyMatch(whole -> bytes(whole).startsWith(after));
          boolean stops =
              ended && stopStrings.stream().anyMatch(stop -> after.startsWith(before + stop));
          if (goesOn || stops) {
            allowed.add(id);
          }
        });
    if (ended) {
      allowed.addAll(stopTokens);
    }
    return allowed.stream().mapToInt(Integer::intValue).distinct().sorted().toArray();
  }

  /** A byte a character. */
  private static String bytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
