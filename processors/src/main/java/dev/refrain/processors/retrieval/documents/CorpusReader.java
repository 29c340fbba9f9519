package dev.refrain.processors.retrieval.documents;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Iterator;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The documents of a corpus as one stream, file after file, in constant memory (16 bytes a document
 * to notice an id that is used twice). Closing it closes the file that is open. Not safe for use by
 * many threads.
 */
public final class CorpusReader implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final Iterator<CorpusFile> files;
  private final BadLineHandler onBadLine;
  private final SeenIds seen = new SeenIds();
  private @Nullable DocumentReader current;
  private long bytesRead;
  private long badLines;

  CorpusReader(Corpus corpus, BadLineHandler onBadLine) {
    this.files = corpus.files().iterator();
    this.onBadLine =
        line -> {
          badLines++;
          onBadLine.onBadLine(line);
        };
  }

  /**
   * The next document, or null after the last.
   *
   * @throws BadLineException if the handler gives up at a bad line
   * @throws IOException if a file cannot be read, naming it
   */
  public @Nullable Document next() throws IOException {
    while (true) {
      if (current != null) {
        Document document = current.next();
        if (document != null) {
          return document;
        }
        close();
      }
      if (!files.hasNext()) {
        return null;
      }
      current = open(files.next());
    }
  }

  /** Bytes read from disk so far, compressed where the file is. */
  public long bytesRead() {
    return bytesRead;
  }

  /** Lines so far that held no document. */
  public long badLines() {
    return badLines;
  }

  @Override
  public void close() throws IOException {
    if (current != null) {
      current.close();
      current = null;
    }
  }

  private DocumentReader open(CorpusFile file) throws IOException {
    return switch (file.format()) {
      case JSON_LINES -> lines(file, new JsonLine());
      case DPR_TSV -> lines(file, new DprTsvLine());
      case TEXT -> new WholeFile(file);
    };
  }

  private DocumentReader lines(CorpusFile file, LineParser parser) throws IOException {
    return new LineDocuments(file.path(), inflated(file), parser, seen, onBadLine);
  }

  private InputStream inflated(CorpusFile file) throws IOException {
    InputStream in = new Counting(Files.newInputStream(file.path()));
    if (!file.name().endsWith(".gz")) {
      return in;
    }
    try {
      return new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER);
    } catch (IOException e) {
      in.close();
      throw new IOException(file.path() + " is not gzip, as its name says: " + e.getMessage(), e);
    }
  }

  /** A text file is read whole: it is one document. */
  private final class WholeFile implements DocumentReader {
    private @Nullable CorpusFile unread;

    WholeFile(CorpusFile file) {
      this.unread = file;
    }

    @Override
    public @Nullable Document next() throws IOException {
      CorpusFile file = unread;
      unread = null;
      if (file == null) {
        return null;
      }
      byte[] bytes = Files.readAllBytes(file.path());
      bytesRead += bytes.length;
      try {
        return TextFile.document(file, bytes);
      } catch (MalformedLineException e) {
        onBadLine.onBadLine(new BadLine(file.path(), 1, String.valueOf(e.getMessage())));
        return null;
      }
    }

    @Override
    public void close() {}
  }

  /** Counts what is read from disk. */
  private final class Counting extends FilterInputStream {
    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      bytesRead += read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      bytesRead += Math.max(read, 0);
      return read;
    }
  }
}
