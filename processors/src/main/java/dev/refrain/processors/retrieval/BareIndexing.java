package dev.refrain.processors.retrieval;

import dev.refrain.processors.retrieval.documents.BadLineHandler;
import dev.refrain.processors.retrieval.documents.Corpus;
import dev.refrain.processors.retrieval.documents.CorpusReader;
import dev.refrain.processors.retrieval.documents.Document;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;

/**
 * The least that indexing a corpus can cost, to measure {@link IndexBuilder} by: the same reader,
 * splitter, analysis, fields and buffer, and as many threads, each of which takes the next document
 * and adds its passages to Lucene one by one. No digest, no progress, nothing published: what it
 * writes is a plain Lucene index that {@link LuceneRetriever} does not open. Safe for use by many
 * threads, though not on one folder at a time.
 *
 * @param settings as of the builder beside it
 * @param onBadLine decides what becomes of lines that hold no document
 */
public record BareIndexing(IndexSettings settings, BadLineHandler onBadLine) {

  /**
   * Writes the passages of a corpus into a folder, over the index that is there.
   *
   * @return the number of passages
   * @throws IOException if the corpus cannot be read, or the folder not be written
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  public long index(Corpus corpus, Path folder) throws IOException, InterruptedException {
    try (Directory directory = FSDirectory.open(folder);
        IndexWriter writer = new IndexWriter(directory, PassageFields.writing());
        CorpusReader reader = corpus.open(onBadLine)) {
      long passages = sum(new Turns(reader), writer);
      writer.commit();
      return passages;
    }
  }

  private long sum(Turns turns, IndexWriter writer) throws IOException, InterruptedException {
    int threads = settings.threads() + 1; // The builder reads on a thread of its own.
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      try {
        List<Future<Long>> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
          running.add(pool.submit(() -> add(turns, writer)));
        }
        long passages = 0;
        for (Future<Long> one : running) {
          passages += one.get();
        }
        return passages;
      } catch (ExecutionException e) {
        throw new IOException("Cannot index: " + e.getCause(), e);
      } finally {
        turns.end();
      }
    }
  }

  private long add(Turns turns, IndexWriter writer) throws IOException {
    PassageSplitter splitter = new PassageSplitter(settings.passageWords());
    long passages = 0;
    for (Document document = turns.next(); document != null; document = turns.next()) {
      for (Passage passage : splitter.split(document)) {
        writer.addDocument(PassageFields.toLucene(passage));
        passages++;
      }
    }
    return passages;
  }

  /** Hands each document to one thread. */
  private static final class Turns {
    private final CorpusReader reader;
    private boolean ended;

    Turns(CorpusReader reader) {
      this.reader = reader;
    }

    synchronized @Nullable Document next() throws IOException {
      return ended ? null : reader.next();
    }

    synchronized void end() {
      ended = true;
    }
  }
}
