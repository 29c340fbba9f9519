package dev.refrain.processors.retrieval.documents;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code {"id": …, "title": …, "text": …}}; {@code _id} stands for {@code id} as in BEIR, a
 * missing title is empty, other members are passed over. Not safe for use by many threads.
 */
final class JsonLine implements LineParser {
  private final JsonFactory json = new JsonFactory();

  @Override
  public Document parse(byte[] bytes, int offset, int length) throws MalformedLineException {
    try (JsonParser parser = json.createParser(bytes, offset, length)) {
      return document(parser);
    } catch (JsonProcessingException e) {
      throw new MalformedLineException("not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new MalformedLineException("not UTF-8: " + e.getMessage());
    }
  }

  private static Document document(JsonParser parser) throws IOException, MalformedLineException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new MalformedLineException("not a JSON object");
    }
    String id = null;
    String title = "";
    String text = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "id", "_id" -> id = scalar(parser, value, name);
        case "title" -> title = value == JsonToken.VALUE_NULL ? "" : string(parser, value, name);
        case "text" -> text = string(parser, value, name);
        default -> parser.skipChildren();
      }
    }
    if (parser.nextToken() != null) {
      throw new MalformedLineException("more than one JSON value on the line");
    }
    return document(id, title, text);
  }

  private static Document document(@Nullable String id, String title, @Nullable String text)
      throws MalformedLineException {
    if (id == null || id.isBlank()) {
      throw new MalformedLineException("no id (member \"id\" or \"_id\")");
    }
    if (text == null) {
      throw new MalformedLineException("no text (member \"text\") for id " + id);
    }
    return new Document(id, title, text, false);
  }

  private static String string(JsonParser parser, JsonToken value, String name)
      throws IOException, MalformedLineException {
    if (value != JsonToken.VALUE_STRING) {
      throw new MalformedLineException("member \"" + name + "\" is not a string");
    }
    return parser.getText();
  }

  private static String scalar(JsonParser parser, JsonToken value, String name)
      throws IOException, MalformedLineException {
    return value == JsonToken.VALUE_NUMBER_INT ? parser.getText() : string(parser, value, name);
  }
}
