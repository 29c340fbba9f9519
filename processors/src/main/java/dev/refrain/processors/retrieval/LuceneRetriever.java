package dev.refrain.processors.retrieval;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.search.Query;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * BM25 over an index of {@link IndexBuilder}. A query is a bag of words: each distinct term of it,
 * after the analysis that the passages had, with its frequency in the query as its weight.
 *
 * <p>A score is the sum over the terms of {@code weight · idf · tf / (tf + k1 · (1 − b + b · length
 * / average length))}, over title and text together and, where {@link Bm25#titleWeight} is above 0,
 * times it over the title alone, whose lengths and idf are those of titles. That is Lucene's since
 * 8.0 and lacks the constant factor (k1 + 1) of the textbook, which orders nothing differently.
 * Lengths are Lucene's, rounded to a byte beyond 40.
 *
 * <p>When a new index is built in the folder, queries find it within ten milliseconds; searches
 * under way end on the old one. If the new one cannot be opened, the old one stays in use, and the
 * log says so. Safe for use by many threads.
 */
public final class LuceneRetriever implements Retriever, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LuceneRetriever.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(10);

  private final IndexFolder folder;
  private final Bm25 bm25;
  private final ReentrantLock refresh = new ReentrantLock();
  private volatile IndexSnapshot snapshot;
  private volatile boolean closed;
  private volatile long lastLook = System.nanoTime();
  private String refused = "";

  private LuceneRetriever(IndexFolder folder, Bm25 bm25, IndexSnapshot snapshot) {
    this.folder = folder;
    this.bm25 = bm25;
    this.snapshot = snapshot;
  }

  /**
   * Opens the index in a folder.
   *
   * @throws IOException if there is none, or it was built by another version
   */
  public static LuceneRetriever open(Path folder, Bm25 bm25) throws IOException {
    IndexFolder index = new IndexFolder(folder);
    return new LuceneRetriever(index, bm25, IndexSnapshot.open(index, index.current(), bm25));
  }

  /**
   * {@inheritDoc}
   *
   * <p>Of a query with more than 1,024 distinct terms, the first 1,024 count.
   */
  @Override
  public List<Hit> retrieve(String query, int topK) {
    if (topK < 1) {
      throw new IllegalArgumentException("topK is " + topK + "; it must be at least 1.");
    }
    try {
      Query words = BagOfWords.of(query, bm25.titleWeight());
      IndexSnapshot acquired = acquire();
      try {
        return acquired.search(words, topK);
      } finally {
        acquired.release();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot search the index: " + e.getMessage(), e);
    }
  }

  @Override
  public String digest() {
    return statistics().digest();
  }

  /** What the index holds now. */
  public IndexStatistics statistics() {
    return current().statistics();
  }

  @Override
  public void close() throws IOException {
    refresh.lock();
    try {
      if (!closed) {
        closed = true;
        snapshot.close();
      }
    } finally {
      refresh.unlock();
    }
  }

  private IndexSnapshot acquire() {
    while (true) {
      IndexSnapshot candidate = current();
      if (candidate.acquire()) {
        return candidate;
      }
    }
  }

  /**
   * The newest snapshot that could be opened. One thread at a time opens; the others do not wait.
   */
  private IndexSnapshot current() {
    if (closed) {
      throw new IllegalStateException("This retriever is closed.");
    }
    if (!isDueForALook()) {
      return snapshot;
    }
    String generation = newestGeneration();
    if (generation.equals(snapshot.generation()) || !refresh.tryLock()) {
      return snapshot;
    }
    try {
      if (!closed) {
        replace(generation);
      }
    } finally {
      refresh.unlock();
    }
    return snapshot;
  }

  /** Reading the name of the index in use costs as much as a short search: not for each query. */
  private boolean isDueForALook() {
    long now = System.nanoTime();
    long last = lastLook;
    if (now - last < LOOK_EVERY.toNanos()) {
      return false;
    }
    lastLook = now;
    return true;
  }

  private String newestGeneration() {
    try {
      return folder.current();
    } catch (IOException e) {
      return snapshot.generation();
    }
  }

  private void replace(String generation) {
    IndexSnapshot old = snapshot;
    try {
      snapshot = IndexSnapshot.open(folder, generation, bm25);
      LOG.info("Searching {} now, digest {}", generation, snapshot.statistics().digest());
      old.close();
    } catch (IOException e) {
      if (!refused.equals(generation)) {
        refused = generation;
        LOG.warn("Searching {} still; {} cannot be opened", snapshot.generation(), generation, e);
      }
    }
  }
}
