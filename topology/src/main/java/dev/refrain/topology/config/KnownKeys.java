package dev.refrain.topology.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the defaults, which are all keys there are. A mapping that is empty in the defaults
 * is free: it takes any key.
 */
final class KnownKeys {
  private final ObjectNode defaults;

  KnownKeys(ObjectNode defaults) {
    this.defaults = defaults;
  }

  /**
   * The names on the way to a key; what follows a free mapping is one name, dots included.
   *
   * @throws ConfigurationException if there is no such key, or it is a section
   */
  List<String> path(String key) {
    List<String> path = new ArrayList<>();
    JsonNode place = defaults;
    String rest = key;
    while (!rest.isEmpty()) {
      boolean free = place.isObject() && place.isEmpty();
      int dot = free ? -1 : rest.indexOf('.');
      String name = dot < 0 ? rest : rest.substring(0, dot);
      JsonNode next = free ? null : place.get(name);
      if (!free && next == null) {
        throw new ConfigurationException("--set: " + refusal(String.join(".", path), rest));
      }
      path.add(name);
      rest = dot < 0 ? "" : rest.substring(dot + 1);
      if (next != null) {
        place = next;
      }
    }
    JsonNode last = defaultOf(path);
    if (last instanceof ObjectNode section) {
      String example = section.isEmpty() ? "name" : section.fieldNames().next();
      throw new ConfigurationException(
          "--set: %s: is a section; set one of its keys, such as %s.%s=..."
              .formatted(key, key, example));
    }
    return path;
  }

  /** The default of a key, or null for a key of a free mapping. */
  @Nullable JsonNode defaultOf(List<String> path) {
    JsonNode place = defaults;
    for (String name : path) {
      JsonNode next = place.get(name);
      if (next == null) {
        return null;
      }
      place = next;
    }
    return place;
  }

  /** Says that a section has no such key, and what was probably meant. */
  String refusal(String section, String name) {
    String key = join(section, name);
    return key + ": unknown key; " + suggestion(section, name);
  }

  static String join(String section, String name) {
    return section.isEmpty() ? name : section + "." + name;
  }

  private String suggestion(String section, String name) {
    List<String> path = section.isEmpty() ? List.of() : List.of(section.split("\\."));
    JsonNode place = defaultOf(path);
    List<String> siblings = new ArrayList<>();
    if (place != null) {
      place.fieldNames().forEachRemaining(sibling -> siblings.add(sibling));
    }
    if (siblings.isEmpty()) {
      return section + " is a value and has no keys";
    }
    String first = name.replaceFirst("\\..*", "");
    Optional<String> meant =
        Nearest.to(name, siblings)
            .map(sibling -> join(section, sibling))
            .or(() -> elsewhere(name))
            .or(() -> Nearest.to(first, siblings).map(sibling -> join(section, sibling)));
    return meant.map(near -> "did you mean " + near + "?").orElse("known are " + siblings);
  }

  /** A key of another section with the same last name. */
  private Optional<String> elsewhere(String name) {
    List<String> all = new ArrayList<>();
    collect("", defaults, all);
    String last = name.substring(name.lastIndexOf('.') + 1);
    return all.stream()
        .filter(key -> last.equalsIgnoreCase(key.substring(key.lastIndexOf('.') + 1)))
        .findFirst();
  }

  private static void collect(String path, ObjectNode section, List<String> keys) {
    for (Map.Entry<String, JsonNode> entry : section.properties()) {
      String key = join(path, entry.getKey());
      keys.add(key);
      if (entry.getValue() instanceof ObjectNode inner) {
        collect(key, inner, keys);
      }
    }
  }
}
