package dev.refrain.topology.evaluate.reading;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.zip.ZipException;

/** Says what is wrong with a file of JSON, where, and what to do. */
final class JsonFault {
  private JsonFault() {}

  /** What to throw instead of what Jackson threw. */
  static IOException in(Path file, IOException thrown) {
    Throwable cause = thrown;
    while (cause instanceof JsonMappingException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return switch (cause) {
      case EOFException damage -> damaged(file, damage);
      case ZipException damage -> damaged(file, damage);
      case StreamReadException e ->
          at(
              file,
              thrown,
              "not JSON (%s); mend it, or fetch the file again".formatted(e.getOriginalMessage()));
      case MismatchedInputException e ->
          at(file, thrown, "must be " + expected(e.getTargetType()) + "; mend it");
      case IllegalArgumentException e -> at(file, thrown, String.valueOf(e.getMessage()));
      default -> thrown;
    };
  }

  private static IOException damaged(Path file, IOException damage) {
    return new IOException(
        "%s: damaged or incomplete gzip (%s); fetch the file again"
            .formatted(file, damage.getMessage()),
        damage);
  }

  private static IOException at(Path file, IOException thrown, String fault) {
    StringBuilder place = new StringBuilder(file.toString());
    if (thrown instanceof JsonProcessingException json) {
      JsonLocation location = json.getLocation();
      place.append(location == null ? "" : ", line " + location.getLineNr());
    }
    if (thrown instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      place.append(", ").append(path(mapping));
    }
    return new IOException(place + ": " + fault, thrown);
  }

  /** The way from the outermost object, such as {@code data[0].paragraphs[2]}. */
  private static String path(JsonMappingException mapping) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : mapping.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.toString();
  }

  private static String expected(Class<?> type) {
    if (Collection.class.isAssignableFrom(type)) {
      return "a list";
    }
    if (type == String.class) {
      return "a text";
    }
    return type == boolean.class ? "true or false" : "an object";
  }
}
