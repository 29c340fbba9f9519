package dev.refrain.topology.evaluate.reading;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Checks members of a JSON object. */
final class Member {
  private Member() {}

  /** Refuses a text that is missing or blank. */
  static void text(String name, @Nullable String value) {
    require(value != null, name, "is missing");
    require(value == null || !value.isBlank(), name, "is blank");
  }

  /** Refuses a list that is missing or holds nulls. */
  static void list(String name, @Nullable Collection<?> values) {
    require(values != null, name, "is missing");
    require(
        values == null || values.stream().noneMatch(value -> value == null), name, "holds a null");
  }

  /** Refuses a list that is missing, holds nulls or is empty. */
  static void some(String name, @Nullable Collection<?> values) {
    list(name, values);
    require(values == null || !values.isEmpty(), name, "is empty");
  }

  private static void require(boolean holds, String name, String fault) {
    if (!holds) {
      throw new IllegalArgumentException(
          "\"%s\" %s; mend it, or leave the object out".formatted(name, fault));
    }
  }
}
