package dev.refrain.processors.retrieval.documents;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** The documents of a file that holds one a line. */
final class LineDocuments implements DocumentReader {
  private static final int LONGEST_LINE = 64 << 20;

  private final Path file;
  private final Lines lines;
  private final LineParser parser;
  private final SeenIds seen;
  private final BadLineHandler onBadLine;

  LineDocuments(
      Path file, InputStream in, LineParser parser, SeenIds seen, BadLineHandler onBadLine) {
    this.file = file;
    this.lines = new Lines(in, LONGEST_LINE);
    this.parser = parser;
    this.seen = seen;
    this.onBadLine = onBadLine;
  }

  @Override
  public @Nullable Document next() throws IOException {
    while (nextLine()) {
      try {
        Document document = lines.isBlank() ? null : parse();
        if (document != null) {
          return document;
        }
      } catch (MalformedLineException e) {
        onBadLine.onBadLine(new BadLine(file, lines.number(), String.valueOf(e.getMessage())));
      }
    }
    return null;
  }

  private boolean nextLine() throws IOException {
    try {
      return lines.next();
    } catch (EOFException | ZipException e) {
      throw new IOException(
          file + " is damaged after line " + lines.number() + ": " + e.getMessage(), e);
    }
  }

  private @Nullable Document parse() throws MalformedLineException {
    if (lines.isTooLong()) {
      throw new MalformedLineException("longer than " + (LONGEST_LINE >> 20) + " MiB");
    }
    Document document = parser.parse(lines.buffer(), lines.offset(), lines.length());
    if (document != null && !seen.add(document.id())) {
      throw new MalformedLineException("the id " + document.id() + " was used before");
    }
    return document;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
