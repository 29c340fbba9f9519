package dev.refrain.processors.packing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A prompt with named slots in braces, such as {@code {question}}. What fills a slot is never
 * searched for slots itself. Immutable.
 */
public final class PromptTemplate {
  private static final Pattern SLOT = Pattern.compile("\\{(\\w+)}");

  /**
   * A slot and the text before it.
   *
   * @param written the slot with its braces
   */
  private record Slot(String before, String name, String written) {}

  private final String text;
  private final List<Slot> slots;
  private final String end;

  /**
   * @param text the template; braces around anything but a known slot stay as they are
   */
  public PromptTemplate(String text) {
    this.text = text;
    List<Slot> found = new ArrayList<>();
    Matcher slot = SLOT.matcher(text);
    int at = 0;
    while (slot.find()) {
      found.add(new Slot(text.substring(at, slot.start()), slot.group(1), slot.group()));
      at = slot.end();
    }
    this.slots = List.copyOf(found);
    this.end = text.substring(at);
  }

  /**
   * Checks that the slots that must be there are there.
   *
   * @throws IllegalArgumentException naming the missing slot
   */
  public PromptTemplate requiring(List<String> names) {
    for (String name : names) {
      if (!text.contains("{" + name + "}")) {
        throw new IllegalArgumentException(
            "The template '%s' has no slot {%s}".formatted(text, name));
      }
    }
    return this;
  }

  /** The template with its slots filled. */
  public String fill(Map<String, String> values) {
    StringBuilder filled = new StringBuilder();
    for (Slot slot : slots) {
      filled.append(slot.before()).append(values.getOrDefault(slot.name(), slot.written()));
    }
    return filled.append(end).toString();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PromptTemplate template && template.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The template as it was written, from which digests of the prompts are made. */
  @Override
  public String toString() {
    return "PromptTemplate[text=%s]".formatted(text);
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
