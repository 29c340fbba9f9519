package dev.refrain.processors.retrieval;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.NoLockFactory;

/**
 * One generation of an index, opened. Counts its users, so that it can be closed while some still
 * search: the last one out closes the files. Safe for use by many threads.
 */
final class IndexSnapshot implements AutoCloseable {
  private static final String FORMAT_KEY = "refrain.format";
  private static final String DIGEST_KEY = "refrain.digest";
  private static final String WORDS_KEY = "refrain.passage-words";

  /** As Anserini breaks ties: the score, then the id in byte order. */
  private static final Sort BY_SCORE_THEN_ID =
      new Sort(SortField.FIELD_SCORE, new SortField(PassageFields.ID, SortField.Type.STRING));

  private final String generation;
  private final DirectoryReader reader;
  private final IndexSearcher searcher;
  private final IndexStatistics statistics;

  private IndexSnapshot(String generation, DirectoryReader reader, Bm25 bm25) throws IOException {
    this.generation = generation;
    this.reader = reader;
    this.statistics = statistics(reader);
    this.searcher = new IndexSearcher(reader);
    searcher.setSimilarity(new BM25Similarity((float) bm25.k1(), (float) bm25.b()));
    searcher.setQueryCache(null);
  }

  static IndexSnapshot open(IndexFolder folder, String generation, Bm25 bm25) throws IOException {
    Path path = folder.resolve(generation);
    try (Directory directory = FSDirectory.open(path, NoLockFactory.INSTANCE)) {
      DirectoryReader reader = DirectoryReader.open(directory);
      try {
        return new IndexSnapshot(generation, reader, bm25);
      } catch (IOException | RuntimeException e) {
        reader.close();
        throw new IOException("The index in " + path + " cannot be used: " + e.getMessage(), e);
      }
    }
  }

  /** What a build writes beside the passages. */
  static Map<String, String> commitData(String digest, int passageWords) {
    return Map.of(
        FORMAT_KEY,
        PassageFields.FORMAT,
        DIGEST_KEY,
        digest,
        WORDS_KEY,
        Integer.toString(passageWords));
  }

  static IndexStatistics statistics(DirectoryReader reader) throws IOException {
    Map<String, String> data = reader.getIndexCommit().getUserData();
    String digest = data.get(DIGEST_KEY);
    if (digest == null || !PassageFields.FORMAT.equals(data.get(FORMAT_KEY))) {
      throw new IOException(
          "it was built as '"
              + data.getOrDefault(FORMAT_KEY, "unknown")
              + "' and this version reads '"
              + PassageFields.FORMAT
              + "'; build it again");
    }
    int words = Integer.parseInt(data.getOrDefault(WORDS_KEY, "0"));
    long terms = reader.getSumTotalTermFreq(PassageFields.CONTENTS);
    return new IndexStatistics(digest, reader.numDocs(), terms, words);
  }

  String generation() {
    return generation;
  }

  IndexStatistics statistics() {
    return statistics;
  }

  /** Begins a use; false where the snapshot is closed already. Each true needs a release. */
  boolean acquire() {
    return reader.tryIncRef();
  }

  void release() throws IOException {
    reader.decRef();
  }

  List<Hit> search(Query query, int topK) throws IOException {
    int most = Math.min(topK, reader.maxDoc());
    TopFieldDocs top =
        searcher.search(query, new TopFieldCollectorManager(BY_SCORE_THEN_ID, most, null, most));
    return read(top.scoreDocs);
  }

  /** Passages lie compressed in blocks; reading them in their order opens each block once. */
  private List<Hit> read(ScoreDoc[] ranked) throws IOException {
    StoredFields fields = searcher.storedFields();
    Hit[] hits = new Hit[ranked.length];
    int[] inOrder =
        IntStream.range(0, ranked.length)
            .boxed()
            .sorted(Comparator.comparingInt(rank -> ranked[rank].doc))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int rank : inOrder) {
      Float score = (Float) ((FieldDoc) ranked[rank]).fields[0];
      hits[rank] = new Hit(PassageFields.fromLucene(fields, ranked[rank].doc), score);
    }
    return List.of(hits);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
