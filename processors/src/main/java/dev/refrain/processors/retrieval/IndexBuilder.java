package dev.refrain.processors.retrieval;

import dev.refrain.processors.retrieval.documents.BadLineHandler;
import dev.refrain.processors.retrieval.documents.Corpus;
import dev.refrain.processors.retrieval.documents.CorpusReader;
import dev.refrain.processors.retrieval.documents.Document;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.NoLockFactory;
import org.apache.lucene.util.ThreadInterruptedException;

/**
 * Turns documents into an index that {@link LuceneRetriever} searches. The new index takes the
 * place of an older one in the same folder in one step, under running retrievers, and only when it
 * is complete: a build that fails, or whose thread is interrupted, or whose process is killed,
 * leaves the older one in use. Safe for use by many threads, though not on one folder at a time.
 */
public final class IndexBuilder {
  private static final int DOCUMENTS_PER_REPORT = 256;

  private final IndexSettings settings;
  private final BadLineHandler onBadLine;
  private final Consumer<IndexProgress> progress;

  /**
   * A builder that can be used again.
   *
   * @param onBadLine decides what becomes of lines that hold no document
   * @param progress told every few hundred documents, and at the end, on the building thread
   */
  public IndexBuilder(
      IndexSettings settings, BadLineHandler onBadLine, Consumer<IndexProgress> progress) {
    this.settings = settings;
    this.onBadLine = onBadLine;
    this.progress = progress;
  }

  /**
   * A builder with one indexing thread.
   *
   * @param passageWords words of a passage, at least 1; 0 keeps documents whole
   */
  public IndexBuilder(
      int passageWords, BadLineHandler onBadLine, Consumer<IndexProgress> progress) {
    this(new IndexSettings(passageWords, 1), onBadLine, progress);
  }

  /**
   * Builds the index of a corpus in a folder, made if it is not there.
   *
   * @throws IndexLockedException if another build runs in the folder
   * @throws dev.refrain.processors.retrieval.documents.BadLineException if the handler gives up
   * @throws IOException if the corpus cannot be read or holds no passage, or the folder not be
   *     written
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  public IndexReport build(Corpus corpus, Path folder) throws IOException, InterruptedException {
    IndexFolder target = new IndexFolder(folder);
    try (var _ = target.lock()) {
      target.removeUnused();
      String generation = target.next();
      Path path = target.resolve(generation);
      boolean complete = false;
      try {
        IndexReport report = write(corpus, path);
        target.publish(generation);
        complete = true;
        return report;
      } finally {
        if (!complete) {
          IndexFolder.remove(path);
        }
      }
    }
  }

  private IndexReport write(Corpus corpus, Path path) throws IOException, InterruptedException {
    try (Directory directory = FSDirectory.open(path, NoLockFactory.INSTANCE)) {
      Tally tally = fill(new IndexWriter(directory, PassageFields.writing()), corpus);
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        return tally.report(IndexSnapshot.statistics(reader));
      }
    }
  }

  /** Fills, commits and closes the writer; on failure nothing is committed. */
  private Tally fill(IndexWriter writer, Corpus corpus) throws IOException, InterruptedException {
    IndexDigest digest = new IndexDigest();
    try {
      Tally tally = add(writer, corpus, digest);
      if (tally.passages == 0) {
        throw new IOException("The corpus holds no passage; " + tally + " were read.");
      }
      writer.setLiveCommitData(
          IndexSnapshot.commitData(digest.finish(), settings.passageWords()).entrySet());
      writer.close();
      return tally;
    } catch (ThreadInterruptedException e) {
      Thread.interrupted(); // Lucene has set the flag again; the exception says it now.
      throw (InterruptedException) new InterruptedException("Interrupted.").initCause(e);
    } finally {
      writer.rollback(); // Does nothing to a closed writer.
    }
  }

  private Tally add(IndexWriter writer, Corpus corpus, IndexDigest digest)
      throws IOException, InterruptedException {
    PassageSplitter splitter = new PassageSplitter(settings.passageWords());
    Tally tally = new Tally(corpus.bytes());
    try (CorpusReader reader = corpus.open(onBadLine);
        IndexingThreads threads = new IndexingThreads(writer, settings.threads())) {
      for (Document document = reader.next(); document != null; document = reader.next()) {
        if (Thread.interrupted()) {
          throw new InterruptedException("Interrupted after " + tally + ".");
        }
        List<Passage> passages = splitter.split(document);
        for (Passage passage : passages) {
          digest.add(passage);
          threads.add(passage);
        }
        tally.count(passages.size(), reader);
        if (tally.documents % DOCUMENTS_PER_REPORT == 0) {
          progress.accept(tally.progress());
        }
      }
      threads.finish();
      tally.read(reader);
      progress.accept(tally.progress());
    }
    return tally;
  }

  /** What has been counted so far. */
  private static final class Tally {
    private final long bytesTotal;
    private long bytesRead;
    private long documents;
    private long emptyDocuments;
    private long passages;
    private long badLines;

    Tally(long bytesTotal) {
      this.bytesTotal = bytesTotal;
    }

    void count(int passagesOfDocument, CorpusReader reader) {
      documents++;
      passages += passagesOfDocument;
      emptyDocuments += passagesOfDocument == 0 ? 1 : 0;
      read(reader);
    }

    void read(CorpusReader reader) {
      bytesRead = reader.bytesRead();
      badLines = reader.badLines();
    }

    IndexProgress progress() {
      return new IndexProgress(bytesRead, bytesTotal, documents, passages, badLines);
    }

    IndexReport report(IndexStatistics index) {
      return new IndexReport(index, documents, emptyDocuments, badLines);
    }

    @Override
    public String toString() {
      return documents + " documents and " + badLines + " bad lines";
    }
  }
}
