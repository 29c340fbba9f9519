package dev.refrain.processors.retrieval.documents;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code id TAB text TAB title} as DPR wrote it with Python's csv module: a field that begins
 * with a quote ends with one, and two quotes inside it stand for one. A quoted field cannot hold a
 * line feed here, so that a stray quote spoils one line and not the rest of the file.
 */
final class DprTsvLine implements LineParser {
  private static final List<String> HEADER = List.of("id", "text", "title");

  private boolean first = true;

  @Override
  public @Nullable Document parse(byte[] bytes, int offset, int length)
      throws MalformedLineException {
    List<String> fields = fields(decode(bytes, offset, length));
    boolean header = first && fields.equals(HEADER);
    first = false;
    if (header) {
      return null;
    }
    if (fields.size() < 2 || fields.size() > 3) {
      throw new MalformedLineException(
          fields.size() + " tab-separated fields instead of three: id, text, title");
    }
    if (fields.getFirst().isBlank()) {
      throw new MalformedLineException("no id (first field)");
    }
    String title = fields.size() == 3 ? fields.get(2) : "";
    return new Document(fields.get(0), title, fields.get(1), true);
  }

  private static String decode(byte[] bytes, int offset, int length) throws MalformedLineException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, offset, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new MalformedLineException("not UTF-8: " + e.getMessage());
    }
  }

  private static List<String> fields(String line) throws MalformedLineException {
    List<String> fields = new ArrayList<>(3);
    int start = 0;
    while (start <= line.length()) {
      int end;
      if (start < line.length() && line.charAt(start) == '"') {
        int close = closingQuote(line, start + 1);
        end = tabOrEnd(line, close);
        fields.add(
            line.substring(start + 1, close).replace("\"\"", "\"")
                + line.substring(close + 1, end));
      } else {
        end = tabOrEnd(line, start);
        fields.add(line.substring(start, end));
      }
      start = end + 1;
    }
    return fields;
  }

  private static int tabOrEnd(String line, int from) {
    int tab = line.indexOf('\t', from);
    return tab < 0 ? line.length() : tab;
  }

  private static int closingQuote(String line, int from) throws MalformedLineException {
    int quote = line.indexOf('"', from);
    while (quote >= 0 && quote + 1 < line.length() && line.charAt(quote + 1) == '"') {
      quote = line.indexOf('"', quote + 2);
    }
    if (quote < 0) {
      throw new MalformedLineException("a quoted field does not end on its line");
    }
    return quote;
  }
}
