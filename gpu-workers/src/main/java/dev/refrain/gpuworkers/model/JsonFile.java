package dev.refrain.gpuworkers.model;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object of a model folder, whose fields are read with errors that name file, field, value
 * and range. Immutable.
 *
 * @param path where it was read
 * @param place in front of the names of its fields where it is an object inside another
 * @param root the object
 */
record JsonFile(Path path, String place, JsonNode root) {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Reads a file that must be there. */
  static JsonFile read(Path path) {
    return parse(path, bytes(path));
  }

  /** Reads a file that must be there and holds an array of objects. */
  static List<JsonFile> readAll(Path path) {
    JsonNode root = tree(path, bytes(path));
    if (!root.isArray() || !root.valueStream().allMatch(JsonNode::isObject)) {
      throw new UnusableModelException(
          path, "holds no JSON array of objects", "download or copy the file again");
    }
    return IntStream.range(0, root.size())
        .mapToObj(i -> new JsonFile(path, "[%d].".formatted(i), root.get(i)))
        .toList();
  }

  private static byte[] bytes(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new UnusableModelException(
          path, "is missing", "point at a complete Hugging Face model folder");
    }
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new UnusableModelException(
          path, "cannot be read: " + e.getMessage(), "check its permissions and its disk", e);
    }
  }

  /** Parses bytes that were read from {@code path}. */
  static JsonFile parse(Path path, byte[] json) {
    JsonNode root = tree(path, json);
    if (!root.isObject()) {
      throw new UnusableModelException(
          path, "holds no JSON object", "download or copy the file again");
    }
    return new JsonFile(path, "", root);
  }

  private static JsonNode tree(Path path, byte[] json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      throw new UnusableModelException(
          path, "is not valid JSON: " + e.getMessage(), "download or copy the file again", e);
    }
  }

  /** The field's value; null where it is absent or JSON null. */
  @Nullable JsonNode field(String name) {
    JsonNode value = root.get(name);
    return value == null || value.isNull() ? null : value;
  }

  /** Whether the field is there and says null, which families that have a default mean by none. */
  boolean saysNone(String name) {
    return root.path(name).isNull();
  }

  /** The same object without a field. */
  JsonFile without(String name) {
    ObjectNode rest = root.deepCopy();
    rest.remove(name);
    return new JsonFile(path, place, rest);
  }

  /** A whole number of 1 or more that must be there. */
  int size(String name) {
    JsonNode value = field(name);
    if (value == null || !value.canConvertToInt() || !value.isInt() || value.intValue() < 1) {
      throw wrong(name, value, "a whole number of 1 or more");
    }
    return value.intValue();
  }

  /** A whole number of 1 or more, or {@code absent}. */
  int size(String name, int absent) {
    return field(name) == null ? absent : size(name);
  }

  /** The share of each head in a whole number of 1 or more that must be there. */
  int headSize(String name, int numHeads) {
    int size = size(name);
    if (size % numHeads != 0) {
      throw wrong(name, field(name), "a multiple of the number of heads, " + numHeads);
    }
    return size / numHeads;
  }

  /** A whole number of 0 or more, or {@code absent}. */
  int count(String name, int absent) {
    JsonNode value = field(name);
    if (value == null) {
      return absent;
    }
    if (!value.isInt() || value.intValue() < 0) {
      throw wrong(name, value, "a whole number of 0 or more");
    }
    return value.intValue();
  }

  /** A number above 0 that must be there. */
  double positive(String name) {
    if (field(name) == null) {
      throw wrong(name, null, "a number above 0");
    }
    return positive(name, 0);
  }

  /** Numbers above 0 that must be there. */
  List<Double> numbers(String name) {
    JsonNode value = field(name);
    if (value == null || !value.isArray()) {
      throw wrong(name, value, "a list of numbers above 0");
    }
    return value
        .valueStream()
        .map(
            number -> {
              if (!number.isNumber() || !(number.doubleValue() > 0)) {
                throw wrong(name, number, "numbers above 0");
              }
              return number.doubleValue();
            })
        .toList();
  }

  /** A number above 0, or {@code absent}. */
  double positive(String name, double absent) {
    JsonNode value = field(name);
    if (value == null) {
      return absent;
    }
    double number = value.isNumber() ? value.doubleValue() : Double.NaN;
    if (!(number > 0) || Double.isInfinite(number)) {
      throw wrong(name, value, "a number above 0");
    }
    return number;
  }

  /** An object inside this one; null where it is absent. */
  @Nullable JsonFile object(String name) {
    JsonNode value = field(name);
    if (value == null) {
      return null;
    }
    if (!value.isObject()) {
      throw wrong(name, value, "an object");
    }
    return new JsonFile(path, place + name + ".", value);
  }

  /** Refuses any value of a field but one, which it may also leave out. */
  void only(String name, Object supported) {
    JsonNode value = field(name);
    JsonNode expected = MAPPER.valueToTree(supported);
    boolean same =
        value == null
            || value.equals(expected)
            || (value.isNumber() && value.doubleValue() == expected.doubleValue());
    if (!same) {
      throw refused(
          name,
          "%s is %s, which is not supported".formatted(place + name, value),
          "only %s is".formatted(expected));
    }
  }

  /** True or false, or {@code absent}. */
  boolean flag(String name, boolean absent) {
    JsonNode value = field(name);
    if (value == null) {
      return absent;
    }
    if (!value.isBoolean()) {
      throw wrong(name, value, "true or false");
    }
    return value.booleanValue();
  }

  /** The error for a {@code model_type} that is none of the supported ones. */
  UnusableModelException unsupportedType(List<String> supported) {
    JsonNode type = field("model_type");
    return refused(
        "model_type",
        "model_type is " + (type == null ? "absent" : type),
        "supported are " + String.join(", ", supported));
  }

  /** The error for a field whose value is not in its range. */
  UnusableModelException wrong(String name, @Nullable JsonNode value, String range) {
    return refused(
        name,
        "%s is %s".formatted(place + name, value == null ? "absent" : value),
        "it must be " + range);
  }

  /** An error for a field of this object: for the outermost that it stands in. */
  private UnusableModelException refused(String name, String problem, String remedy) {
    String outermost = place.isEmpty() ? name : place.substring(0, place.indexOf('.'));
    return UnusableModelException.ofField(path, outermost, problem, remedy);
  }
}
