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
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.NoLockFactory;

/**
 * Turns documents into an index that {@link LuceneRetriever} searches. The new index takes the
 * place of an older one in the same folder in one step, under running retrievers, and only when it
 * is complete: a build that fails, or whose thread is interrupted, or whose process is killed,
 * leaves the older one in use. Safe for use by many threads, though not on one folder at a time.
 */
public final class IndexBuilder {
  private static final double BUFFER_MEBIBYTES = 128;
  private static final int DOCUMENTS_PER_REPORT = 256;

  private final int passageWords;
  private final BadLineHandler onBadLine;
  private final Consumer<IndexProgress> progress;

  /**
   * @param passageWords words of a passage, at least 1; 0 keeps documents whole
   * @param onBadLine decides what becomes of lines that hold no document
   * @param progress told every few hundred documents, and at the end
   */
  public IndexBuilder(
      int passageWords, BadLineHandler onBadLine, Consumer<IndexProgress> progress) {
    if (passageWords < 0) {
      throw new IllegalArgumentException(
          "A passage of " + passageWords + " words; give at least 1, or 0 for whole documents.");
    }
    this.passageWords = passageWords;
    this.onBadLine = onBadLine;
    this.progress = progress;
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
    IndexWriterConfig config =
        new IndexWriterConfig(PassageFields.analyzer())
            .setOpenMode(IndexWriterConfig.OpenMode.CREATE)
            .setRAMBufferSizeMB(BUFFER_MEBIBYTES);
    try (Directory directory = FSDirectory.open(path, NoLockFactory.INSTANCE)) {
      Tally tally;
      try (CorpusReader reader = corpus.open(onBadLine);
          IndexWriter writer = new IndexWriter(directory, config)) {
        try {
          tally = fill(writer, reader, corpus.bytes());
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
          writer.rollback();
          throw e;
        }
      }
      if (tally.passages == 0) {
        throw new IOException("The corpus holds no passage: " + tally);
      }
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        return tally.report(IndexSnapshot.statistics(reader));
      }
    }
  }

  private Tally fill(IndexWriter writer, CorpusReader reader, long bytesTotal)
      throws IOException, InterruptedException {
    PassageSplitter splitter = new PassageSplitter(passageWords);
    IndexDigest digest = new IndexDigest();
    Tally tally = new Tally();
    for (Document document = reader.next(); document != null; document = reader.next()) {
      if (Thread.interrupted()) {
        throw new InterruptedException("Interrupted after " + tally.documents + " documents.");
      }
      List<Passage> passages = splitter.split(document);
      for (Passage passage : passages) {
        digest.add(passage);
        writer.addDocument(PassageFields.toLucene(passage));
      }
      tally.count(passages.size());
      if (tally.documents % DOCUMENTS_PER_REPORT == 0) {
        progress.accept(tally.progress(reader.bytesRead(), bytesTotal));
      }
    }
    tally.badLines = reader.badLines();
    writer.setLiveCommitData(IndexSnapshot.commitData(digest.finish(), passageWords).entrySet());
    progress.accept(tally.progress(bytesTotal, bytesTotal));
    return tally;
  }

  /** What has been counted so far. */
  private static final class Tally {
    private long documents;
    private long emptyDocuments;
    private long passages;
    private long badLines;

    void count(int passagesOfDocument) {
      documents++;
      passages += passagesOfDocument;
      emptyDocuments += passagesOfDocument == 0 ? 1 : 0;
    }

    IndexProgress progress(long bytesRead, long bytesTotal) {
      return new IndexProgress(bytesRead, bytesTotal, documents, passages);
    }

    IndexReport report(IndexStatistics index) {
      return new IndexReport(index, documents, emptyDocuments, badLines);
    }

    @Override
    public String toString() {
      return documents + " documents, " + badLines + " bad lines";
    }
  }
}
