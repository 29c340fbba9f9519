package dev.refrain.processors.packing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A prompt with named slots in braces, such as {@code {question}}. What fills a slot is never
 * searched for slots itself.
 *
 * @param text the template; braces around anything but a known slot stay as they are
 */
public record PromptTemplate(String text) {
  private static final Pattern SLOT = Pattern.compile("\\{(\\w+)}");

  /**
   * Checks that the slots that must be there are there.
   *
   * @throws IllegalArgumentException naming the missing slot
   */
  public PromptTemplate requiring(List<String> slots) {
    for (String slot : slots) {
      if (!text.contains("{" + slot + "}")) {
        throw new IllegalArgumentException(
            "The template '%s' has no slot {%s}".formatted(text, slot));
      }
    }
    return this;
  }

  /** The template with its slots filled. */
  public String fill(Map<String, String> values) {
    return SLOT.matcher(text)
        .replaceAll(
            slot -> Matcher.quoteReplacement(values.getOrDefault(slot.group(1), slot.group())));
  }

  /** {@link #fill} with the marks of what fills the slots. */
  MarkedText fillMarked(Map<String, MarkedText> values) {
    List<MarkedText> parts = new ArrayList<>();
    Matcher slot = SLOT.matcher(text);
    int at = 0;
    while (slot.find()) {
      parts.add(MarkedText.plain(text.substring(at, slot.start())));
      parts.add(values.getOrDefault(slot.group(1), MarkedText.plain(slot.group())));
      at = slot.end();
    }
    parts.add(MarkedText.plain(text.substring(at)));
    return MarkedText.join(parts);
  }
}
