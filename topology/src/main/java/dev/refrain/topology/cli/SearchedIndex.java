package dev.refrain.topology.cli;

import dev.refrain.processors.retrieval.Bm25;
import dev.refrain.processors.retrieval.LuceneRetriever;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** An index to evaluate: one that is there, or one made for the purpose and removed afterwards. */
final class SearchedIndex implements AutoCloseable {
  private final LuceneRetriever retriever;
  private final @Nullable Path temporary;

  private SearchedIndex(LuceneRetriever retriever, @Nullable Path temporary) {
    this.retriever = retriever;
    this.temporary = temporary;
  }

  static SearchedIndex open(Path folder, Bm25 bm25) throws IOException {
    return new SearchedIndex(LuceneRetriever.open(folder, bm25), null);
  }

  /** Has an index built in a temporary folder and opens it. */
  static SearchedIndex build(Build build, Bm25 bm25) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("refrain-index-");
    boolean opened = false;
    try {
      build.into(folder);
      SearchedIndex index = new SearchedIndex(LuceneRetriever.open(folder, bm25), folder);
      opened = true;
      return index;
    } finally {
      if (!opened) {
        remove(folder);
      }
    }
  }

  LuceneRetriever retriever() {
    return retriever;
  }

  @Override
  public void close() throws IOException {
    retriever.close();
    if (temporary != null) {
      remove(temporary);
    }
  }

  private static void remove(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Builds an index in a folder. */
  @FunctionalInterface
  interface Build {
    void into(Path folder) throws IOException, InterruptedException;
  }
}
