package dev.refrain.topology.cli;

import dev.refrain.processors.retrieval.Bm25;
import dev.refrain.processors.retrieval.LuceneRetriever;
import dev.refrain.topology.serve.ScratchFolder;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** An index to evaluate: one that is there, or one made for the purpose and removed afterwards. */
final class SearchedIndex implements AutoCloseable {
  private final LuceneRetriever retriever;
  private final @Nullable ScratchFolder temporary;

  private SearchedIndex(LuceneRetriever retriever, @Nullable ScratchFolder temporary) {
    this.retriever = retriever;
    this.temporary = temporary;
  }

  static SearchedIndex open(Path folder, Bm25 bm25) throws IOException {
    return new SearchedIndex(LuceneRetriever.open(folder, bm25), null);
  }

  /** Has an index built in a temporary folder and opens it. */
  static SearchedIndex build(Build build, Bm25 bm25) throws IOException, InterruptedException {
    ScratchFolder folder = ScratchFolder.make("refrain-index-");
    boolean opened = false;
    try {
      build.into(folder.path());
      SearchedIndex index = new SearchedIndex(LuceneRetriever.open(folder.path(), bm25), folder);
      opened = true;
      return index;
    } finally {
      if (!opened) {
        folder.close();
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
      temporary.close();
    }
  }

  /** Builds an index in a folder. */
  @FunctionalInterface
  interface Build {
    void into(Path folder) throws IOException, InterruptedException;
  }
}
