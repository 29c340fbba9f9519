package dev.refrain.topology.config;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts environment variables into text: a dollar sign and the name in braces, or the name, {@code
 * :-} and what stands for it where it is missing. Two dollar signs keep the braces as they are.
 */
final class EnvironmentText {
  private static final Pattern REFERENCE =
      Pattern.compile("(\\$)?\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");

  private final Map<String, String> environment;

  EnvironmentText(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * @param key where the text stands, for the message
   * @throws ConfigurationException if a variable is missing that has no alternative
   */
  String fill(String key, String text) {
    return REFERENCE
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(replacement(key, match.group(), match)));
  }

  private String replacement(String key, String whole, MatchResult match) {
    if (match.group(1) != null) {
      return whole.substring(1);
    }
    String value = environment.get(match.group(2));
    if (value != null) {
      return value;
    }
    if (match.group(3) == null) {
      throw new ConfigurationException(
          "%s: the environment variable %s is not set; set it, or write ${%s:-otherwise}"
              .formatted(key, match.group(2), match.group(2)));
    }
    return match.group(3);
  }
}
