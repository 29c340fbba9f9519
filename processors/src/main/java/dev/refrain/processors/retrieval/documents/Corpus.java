package dev.refrain.processors.retrieval.documents;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files that a corpus consists of, in the order in which they are read: one file, or every
 * readable file below a folder by name. Hidden files and folders are passed over, links to folders
 * are not followed. Knows the files and their sizes, not what is in them.
 *
 * @param files at least one
 */
public record Corpus(List<CorpusFile> files) {
  /** Copies the list. */
  public Corpus {
    files = List.copyOf(files);
  }

  /**
   * A file or folder, its formats told by the names of its files.
   *
   * @throws IOException if there is nothing, or nothing whose format the name tells
   */
  public static Corpus at(Path path) throws IOException {
    return find(path, null);
  }

  /**
   * A file or folder, all of whose files are read in one format, whatever they are called.
   *
   * @throws IOException if there is nothing
   */
  public static Corpus at(Path path, DocumentFormat format) throws IOException {
    return find(path, format);
  }

  /** Size on disk of all files together, the total that {@link CorpusReader#bytesRead} goes to. */
  public long bytes() {
    return files.stream().mapToLong(CorpusFile::bytes).sum();
  }

  /** Opens the documents of all files as one stream. */
  public CorpusReader open(BadLineHandler onBadLine) {
    return new CorpusReader(this, onBadLine);
  }

  private static Corpus find(Path path, @Nullable DocumentFormat format) throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString(), null, "there is no such corpus");
    }
    List<CorpusFile> files = new ArrayList<>();
    Files.walkFileTree(path, new Finder(path, format, files));
    if (files.isEmpty()) {
      throw new IOException(
          "Found nothing to read at "
              + path
              + ": documents are in .jsonl, .ndjson or .tsv files "
              + "(.gz too), or in .txt and .md files. A file called otherwise needs its format said.");
    }
    files.sort(Comparator.comparing(CorpusFile::name));
    return new Corpus(files);
  }

  private static final class Finder extends SimpleFileVisitor<Path> {
    private final Path root;
    private final @Nullable DocumentFormat format;
    private final List<CorpusFile> found;

    Finder(Path root, @Nullable DocumentFormat format, List<CorpusFile> found) {
      this.root = root;
      this.format = format;
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return isHidden(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Optional<DocumentFormat> readAs =
          format == null ? DocumentFormat.of(file) : Optional.of(format);
      if (readAs.isPresent() && !isHidden(file) && Files.isRegularFile(file)) {
        Path below = file.equals(root) ? file.getFileName() : root.relativize(file);
        String name = below.toString().replace('\\', '/');
        found.add(new CorpusFile(file, name, readAs.get(), Files.size(file)));
      }
      return FileVisitResult.CONTINUE;
    }

    private boolean isHidden(Path path) {
      return !path.equals(root) && path.getFileName().toString().startsWith(".");
    }
  }
}
