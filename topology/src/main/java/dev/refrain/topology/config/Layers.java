package dev.refrain.topology.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Layers of configuration, later ones over earlier ones. The defaults are the first layer and the
 * schema of the others: a key they do not have is refused, and a value must have the type of its
 * default. Environment variables are filled in as a layer arrives. Not safe for use by many
 * threads.
 */
final class Layers {
  private static final List<String> SECRETS =
      List.of("password", "token", "secret", "jaas", "apikey");
  private static final JsonNode ANY_TEXT = TextNode.valueOf("");
  private static final String SET = "--set";

  private final EnvironmentText environment;
  private final KnownKeys known;
  private final ObjectNode defaults;
  private final ObjectNode merged = JsonNodeFactory.instance.objectNode();
  private final Map<String, String> origins = new HashMap<>();

  Layers(ObjectNode defaults, EnvironmentText environment) {
    this.environment = environment;
    this.known = new KnownKeys(defaults);
    this.defaults = defaults;
    put(Setting.DEFAULT, defaults);
  }

  /**
   * Puts a layer on top.
   *
   * @param origin where it comes from, for messages and {@link #settings}
   * @throws ConfigurationException if a key is unknown or a value has the wrong type
   */
  void put(String origin, ObjectNode layer) {
    merge(origin, "", layer, defaults, merged);
  }

  /**
   * Puts one {@code key=value} on top; the value is read as YAML unless its default is text.
   *
   * @throws ConfigurationException if there is no equals sign, or the key or the value is refused
   */
  void set(String assignment) {
    set(SET, assignment);
  }

  /** The same from another origin. */
  void set(String origin, String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw new ConfigurationException(
          "--set %s: must be key=value, such as --set retrieval.topK=10".formatted(assignment));
    }
    List<String> path = known.path(assignment.substring(0, equals).strip());
    ObjectNode layer = JsonNodeFactory.instance.objectNode();
    ObjectNode place = layer;
    for (String name : path.subList(0, path.size() - 1)) {
      place = place.putObject(name);
    }
    place.set(path.getLast(), typed(assignment.substring(equals + 1), known.defaultOf(path)));
    put(origin, layer);
  }

  /** All layers as one tree. */
  ObjectNode merged() {
    return merged;
  }

  /** Who gave each value, by the path of its key. */
  Map<String, String> origins() {
    return Map.copyOf(origins);
  }

  /** Every value in the order of the defaults; secrets are masked. */
  List<Setting> settings() {
    List<Setting> settings = new ArrayList<>();
    collect("", merged, settings);
    return settings;
  }

  private void merge(
      String origin, String path, ObjectNode layer, ObjectNode schema, ObjectNode into) {
    boolean free = !path.isEmpty() && schema.isEmpty();
    for (Map.Entry<String, JsonNode> entry : layer.properties()) {
      String name = entry.getKey();
      String key = KnownKeys.join(path, name);
      JsonNode expected = free ? ANY_TEXT : schema.get(name);
      if (expected == null) {
        throw new ConfigurationException(origin + ": " + known.refusal(path, name));
      }
      JsonNode value = entry.getValue();
      if (expected instanceof ObjectNode section) {
        requireSection(origin, key, value);
        ObjectNode inner = into.get(name) instanceof ObjectNode old ? old : into.putObject(name);
        if (value instanceof ObjectNode given) {
          merge(origin, key, given, section, inner);
        }
      } else {
        JsonNode scalar = free && value.isValueNode() ? TextNode.valueOf(value.asText()) : value;
        into.set(name, accepted(origin, key, scalar, expected));
        origins.put(key, origin);
      }
    }
  }

  /** A section may be empty, as when all its lines are comments, but nothing else. */
  private static void requireSection(String origin, String key, JsonNode value) {
    if (!value.isObject() && !value.isNull()) {
      throw new ConfigurationException(
          "%s: %s is %s, must be a section with keys".formatted(origin, key, value));
    }
  }

  private JsonNode accepted(String origin, String key, JsonNode value, JsonNode expected) {
    JsonNode filled =
        switch (value) {
          case TextNode text -> {
            String plain = environment.fill(key, text.textValue());
            yield plain.equals(text.textValue()) ? text : typed(plain, expected);
          }
          case ArrayNode list -> {
            ArrayNode elements = JsonNodeFactory.instance.arrayNode();
            list.forEach(
                element ->
                    elements.add(
                        element.isTextual()
                            ? TextNode.valueOf(environment.fill(key, element.textValue()))
                            : element));
            yield elements;
          }
          case JsonNode other -> other;
        };
    if (!sameType(filled, expected)) {
      String shown = secret(key) ? "***" : filled.toString();
      throw new ConfigurationException(
          "%s: %s is %s, must be %s".formatted(origin, key, shown, typeOf(expected)));
    }
    return filled;
  }

  /** Text as the type of a key wants it: text as it stands, anything else read as YAML. */
  private static JsonNode typed(String text, @Nullable JsonNode expected) {
    try {
      JsonNode value = Yaml.value(text);
      boolean textual = expected == null || expected.isTextual();
      return (textual && !value.isTextual()) || value.isMissingNode()
          ? TextNode.valueOf(text)
          : value;
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(text);
    }
  }

  private static boolean sameType(JsonNode value, JsonNode expected) {
    if (expected.isArray()) {
      boolean list = value.isArray();
      for (JsonNode element : value) {
        list &= element.isTextual();
      }
      return list;
    }
    if (expected.isIntegralNumber()) {
      return value.isIntegralNumber();
    }
    return expected.isNumber() ? value.isNumber() : value.getNodeType() == expected.getNodeType();
  }

  private static String typeOf(JsonNode expected) {
    if (expected.isIntegralNumber()) {
      return "a whole number";
    }
    return switch (expected.getNodeType()) {
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      case ARRAY -> "a list of texts, such as [a, b]";
      default -> "a text (put it in quotes)";
    };
  }

  private void collect(String path, ObjectNode section, List<Setting> settings) {
    for (Map.Entry<String, JsonNode> entry : section.properties()) {
      String key = KnownKeys.join(path, entry.getKey());
      if (entry.getValue() instanceof ObjectNode inner && !inner.isEmpty()) {
        collect(key, inner, settings);
      } else {
        String origin = origins.getOrDefault(key, Setting.DEFAULT);
        settings.add(new Setting(key, shown(key, entry.getValue()), origin));
      }
    }
  }

  private static String shown(String key, JsonNode value) {
    if (!value.isTextual()) {
      return value.toString();
    }
    boolean plain = value.textValue().matches("[^\\s\"'#\\[{]([^\\n\"#]*\\S)?");
    return secret(key) && !value.textValue().isEmpty()
        ? "***"
        : plain ? value.textValue() : value.toString();
  }

  private static boolean secret(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    return !lower.endsWith("tokens") && SECRETS.stream().anyMatch(lower::contains);
  }
}
