package dev.refrain.processors.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refrain.processors.retrieval.documents.BadLineHandler;
import dev.refrain.processors.retrieval.documents.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BareIndexingTest {
  private static final IndexSettings SETTINGS = new IndexSettings(20, 3);

  @TempDir Path folder;

  @Test
  void indexesThePassagesThatTheBuilderIndexes() throws Exception {
    String[] texts = new String[2000];
    Arrays.setAll(texts, i -> "alpha " + "beta ".repeat(i % 50) + "gamma" + i % 7);
    Corpus corpus = IndexFixture.corpus(folder.resolve("corpus.jsonl"), texts);

    IndexReport report = IndexFixture.build(corpus, folder.resolve("built"), SETTINGS);
    long passages =
        new BareIndexing(SETTINGS, BadLineHandler.FAIL).index(corpus, folder.resolve("bare"));

    assertThat(passages).isEqualTo(report.index().passages());
    try (LuceneRetriever built = LuceneRetriever.open(folder.resolve("built"), Bm25.DEFAULT)) {
      for (String term : List.of("beta", "gamma3", "alpha")) {
        assertThat(found(term))
            .as(term)
            .isNotEmpty()
            .containsExactlyInAnyOrderElementsOf(built.retrieve(term, 5000));
      }
    }
  }

  @Test
  void indexesOverTheIndexThatIsThere() throws Exception {
    BareIndexing indexing = new BareIndexing(SETTINGS, BadLineHandler.FAIL);
    Path file = folder.resolve("corpus.jsonl");

    indexing.index(IndexFixture.corpus(file, "red", "blue"), folder.resolve("bare"));
    indexing.index(IndexFixture.corpus(file, "green"), folder.resolve("bare"));

    assertThat(found("red")).isEmpty();
    assertThat(found("green")).hasSize(1);
  }

  @Test
  void failsAtABadLine() throws Exception {
    Path file = Files.writeString(folder.resolve("bad.jsonl"), "nonsense\n");
    BareIndexing indexing = new BareIndexing(SETTINGS, BadLineHandler.FAIL);

    assertThatThrownBy(() -> indexing.index(Corpus.at(file), folder.resolve("bare")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file + ":1");
  }

  /** Every passage with a term, searched by Lucene alone. */
  private List<Hit> found(String term) throws IOException {
    try (Directory directory = FSDirectory.open(folder.resolve("bare"));
        DirectoryReader reader = DirectoryReader.open(directory)) {
      IndexSearcher searcher = new IndexSearcher(reader);
      searcher.setSimilarity(
          new BM25Similarity((float) Bm25.DEFAULT.k1(), (float) Bm25.DEFAULT.b()));
      List<Hit> hits = new ArrayList<>();
      Term searched = new Term(PassageFields.CONTENTS, term);
      for (ScoreDoc doc : searcher.search(new TermQuery(searched), 5000).scoreDocs) {
        Passage passage = PassageFields.fromLucene(searcher.storedFields(), doc.doc);
        hits.add(new Hit(passage, doc.score));
      }
      return hits;
    }
  }
}
