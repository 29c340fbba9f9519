package dev.refrain.topology.config;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Refuses values out of their range, with the key, the value and the range in the message. */
final class Require {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");

  private Require() {}

  /**
   * @throws IllegalArgumentException "key is value, must be range" unless the condition holds
   */
  static void that(boolean holds, String key, Object value, String range) {
    if (!holds) {
      throw new IllegalArgumentException("%s is %s, must be %s".formatted(key, value, range));
    }
  }

  static void atLeast(int least, String key, int value) {
    that(value >= least, key, value, least + " or more");
  }

  static void positive(String key, Duration value) {
    that(value.isPositive(), key, DurationText.of(value), "longer than 0s");
  }

  static void notBlank(String key, String value) {
    that(!value.isBlank(), key, '"' + value + '"', "not empty");
  }

  /** The template must have every required placeholder and none that is not known. */
  static void placeholders(String key, String template, List<String> required, Set<String> known) {
    for (String name : required) {
      that(template.contains("{" + name + "}"), key, quoted(template), "text with {" + name + "}");
    }
    List<String> found =
        PLACEHOLDER.matcher(template).results().map((MatchResult m) -> m.group(1)).toList();
    for (String name : found) {
      that(
          known.contains(name),
          key,
          quoted(template),
          "text with no other placeholders than " + known.stream().sorted().toList());
    }
  }

  private static String quoted(String text) {
    return '"' + text.replace("\n", "\\n") + '"';
  }
}
