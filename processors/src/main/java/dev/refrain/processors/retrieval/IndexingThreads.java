package dev.refrain.processors.retrieval;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.lucene.index.IndexWriter;
import org.jspecify.annotations.Nullable;

/**
 * Adds passages to an index on its own threads, while the caller's thread reads on. The order in
 * which they arrive is open; nothing that is found later depends on it, for ties are broken by
 * passage id and frequencies are counted over the whole index. These threads are never interrupted:
 * that would close Lucene's files under it. Used by one thread.
 */
final class IndexingThreads implements AutoCloseable {
  private static final int BATCH = 128;
  private static final int WAITING_BATCHES = 8;

  private final IndexWriter writer;
  private final ExecutorService threads;
  private final int capacity;
  private final Semaphore room;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private List<Passage> batch = new ArrayList<>(BATCH);

  IndexingThreads(IndexWriter writer, int count) {
    this.writer = writer;
    this.threads =
        Executors.newFixedThreadPool(count, Thread.ofPlatform().name("index-", 1).factory());
    this.capacity = count + WAITING_BATCHES;
    this.room = new Semaphore(capacity);
  }

  /**
   * Takes a passage, and waits where the threads have fallen behind.
   *
   * @throws IOException if an earlier passage could not be added
   * @throws InterruptedException if interrupted while waiting
   */
  void add(Passage passage) throws IOException, InterruptedException {
    batch.add(passage);
    if (batch.size() == BATCH) {
      send();
    }
  }

  /** Waits until everything taken is in the index. */
  void finish() throws IOException, InterruptedException {
    send();
    room.acquire(capacity);
    room.release(capacity);
    requireSuccess();
  }

  /** Drops what waits and returns when no thread touches the index any more. */
  @Override
  public void close() {
    failure.compareAndSet(null, new IOException("The build has ended."));
    threads.close();
  }

  private void send() throws IOException, InterruptedException {
    requireSuccess();
    room.acquire();
    List<Passage> sent = batch;
    batch = new ArrayList<>(BATCH);
    threads.execute(() -> index(sent));
  }

  private void index(List<Passage> passages) {
    try {
      for (Passage passage : passages) {
        if (failure.get() != null) {
          return;
        }
        writer.addDocument(PassageFields.toLucene(passage));
      }
    } catch (IOException | RuntimeException e) {
      failure.compareAndSet(null, e);
    } finally {
      room.release();
    }
  }

  private void requireSuccess() throws IOException {
    Exception cause = failure.get();
    if (cause != null) {
      throw new IOException("Cannot write the index: " + cause.getMessage(), cause);
    }
  }
}
