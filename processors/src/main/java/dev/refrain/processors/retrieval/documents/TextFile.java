package dev.refrain.processors.retrieval.documents;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a .txt or .md file as one document. A Markdown file's title is its first heading, which is
 * then left out of the text; any other file is called by its name without extension.
 */
final class TextFile {
  private static final Pattern HEADING =
      Pattern.compile("^ {0,3}#{1,6}[ \\t]+(.*?)[ \\t]*#*[ \\t]*$", Pattern.MULTILINE);

  private TextFile() {}

  static Document document(CorpusFile file, byte[] bytes) throws MalformedLineException {
    String text = decode(bytes);
    String name = file.path().getFileName().toString();
    Matcher heading = HEADING.matcher(text);
    if (name.endsWith(".md") && heading.find() && !heading.group(1).isBlank()) {
      String rest = text.substring(0, heading.start()) + text.substring(heading.end());
      return new Document(file.name(), heading.group(1).strip(), rest.strip(), false);
    }
    int dot = name.lastIndexOf('.');
    String title = dot > 0 ? name.substring(0, dot) : name;
    return new Document(file.name(), title, text.strip(), false);
  }

  private static String decode(byte[] bytes) throws MalformedLineException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new MalformedLineException("not UTF-8: " + e.getMessage());
    }
  }
}
