package dev.refrain.connectors.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Reads a corpus of articles, JSON lines with "title" and "text", one article at a time. */
public final class Articles {
  private static final int BUFFER = 1 << 16;

  private Articles() {}

  /** Takes one article. */
  @FunctionalInterface
  public interface Handler {
    /** Takes an article; what its line does not say is empty. */
    void article(String title, String text);
  }

  /**
   * Hands on the articles in their order.
   *
   * @param corpus gzipped if its name ends in ".gz"
   * @throws IOException if the file cannot be read, or is not JSON, naming the line
   */
  public static void read(Path corpus, Handler handler) throws IOException {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(corpus), BUFFER);
        InputStream text =
            corpus.toString().endsWith(".gz") ? new GZIPInputStream(file, BUFFER) : file;
        JsonParser json = new JsonFactory().createParser(text)) {
      String title = "";
      String body = "";
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.FIELD_NAME) {
          String field = json.currentName();
          json.nextToken();
          title = field.equals("title") ? json.getText() : title;
          body = field.equals("text") ? json.getText() : body;
        } else if (token == JsonToken.END_OBJECT) {
          handler.article(title, body);
          title = "";
          body = "";
        }
      }
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s:%d: is no JSON: %s; write one object with title and text a line"
              .formatted(corpus, e.getLocation().getLineNr(), e.getOriginalMessage()),
          e);
    }
  }
}
