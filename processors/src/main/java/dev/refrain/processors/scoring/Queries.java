package dev.refrain.processors.scoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Search queries by id. */
public final class Queries {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Queries() {}

  /**
   * Reads queries: {@code id TAB text} a line, or JSON lines with {@code id} or {@code _id} and
   * {@code text}.
   *
   * @return texts by id, in the order of the file
   * @throws IOException if the file cannot be read or a line is malformed, naming the line
   */
  public static Map<String, String> read(Path file) throws IOException {
    Map<String, String> queries = new LinkedHashMap<>();
    TextLines.forEach(
        file,
        (_, line) -> {
          Map.Entry<String, String> query = line.startsWith("{") ? ofJson(line) : ofTsv(line);
          if (queries.put(query.getKey(), query.getValue()) != null) {
            throw new IllegalArgumentException("the id " + query.getKey() + " was used before");
          }
        });
    return Collections.unmodifiableMap(queries);
  }

  private static Map.Entry<String, String> ofTsv(String line) {
    int tab = line.indexOf('\t');
    if (tab < 1) {
      throw new IllegalArgumentException("not a query: expected id, tab, text");
    }
    return Map.entry(line.substring(0, tab), line.substring(tab + 1).strip());
  }

  private static Map.Entry<String, String> ofJson(String line) {
    try {
      JsonNode query = JSON.readTree(line);
      JsonNode id = query.has("_id") ? query.path("_id") : query.path("id");
      if (id.isMissingNode() || !query.path("text").isTextual()) {
        throw new IllegalArgumentException("not a query: expected the members id and text");
      }
      return Map.entry(id.asText(), query.path("text").asText());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
  }
}
