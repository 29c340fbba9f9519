package dev.refrain.processors.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TitleWeightTest {
  private static final double K1 = 1.5;
  private static final double B = 0.6;

  @TempDir Path folder;
  private Path index;

  @BeforeEach
  void paths() {
    index = folder.resolve("index");
  }

  @Test
  void letsATermInTheTitleOutweighTheSameTermInTheText() throws Exception {
    build("Alps | peaks near Armenia", "Armenia | peaks near Alps");

    List<Hit> same = retrieve("armenia", 0);
    assertThat(ids(same)).containsExactly("d0#0", "d1#0");
    assertThat(same.get(0).score()).isEqualTo(same.get(1).score());
    assertThat(ids(retrieve("armenia", 0.5))).containsExactly("d1#0", "d0#0");
  }

  @Test
  void scoresToTheBitLikeTitleAndTextTogetherWithoutAWeight() throws Exception {
    build("Cats | dogs dogs fish", "Fish and dogs | cats", " | cats cats birds", "Birds | sky");

    List<Hit> hits = retrieve("cats dogs dogs fish", 0);

    assertThat(ids(hits)).containsExactlyInAnyOrder("d0#0", "d1#0", "d2#0");
    assertThat(hits).extracting(Hit::score).containsExactlyElementsOf(contentsScores());
  }

  @Test
  void addsTheWeightedScoreOfTheTitleToThatOfTitleAndTextTogether() throws Exception {
    build("Cats | dogs dogs fish", "Fish Dogs Dogs | cats", " | cats cats birds", "Birds | sky");

    List<Hit> hits = retrieve("cats dogs dogs", 0.7);

    // Title and text together: 4 passages of 4, 4, 3 and 2 terms; cat in 3 of them, dog in 2.
    double together = 13.0 / 4;
    double cat = idf(4, 3);
    double dog = idf(4, 2);
    // Titles alone: 3 that are not empty, of 1, 3 and 1 terms; cat in 1 of them, dog in 1.
    double title = 5.0 / 3;
    double rare = idf(3, 1);
    double first = cat * tf(1, 4 / together) + 2 * dog * tf(2, 4 / together);
    first += 0.7 * rare * tf(1, 1 / title);
    double second = cat * tf(1, 4 / together) + 2 * dog * tf(2, 4 / together);
    second += 0.7 * 2 * rare * tf(2, 3 / title);
    double third = cat * tf(2, 3 / together);
    assertThat(ids(hits)).containsExactly("d1#0", "d0#0", "d2#0");
    assertThat(hits.get(0).score()).isCloseTo(second, within(1e-5));
    assertThat(hits.get(1).score()).isCloseTo(first, within(1e-5));
    assertThat(hits.get(2).score()).isCloseTo(third, within(1e-5));
  }

  @Test
  void countsTheFirstTermsOfALongQueryInTitlesToo() throws Exception {
    build("w1023 | some", "w1024 | some");
    String query = IntStream.range(0, 5000).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));

    assertThat(ids(retrieve(query, 0))).containsExactly("d0#0");
    List<Hit> weighted = retrieve(query, 1);
    assertThat(ids(weighted)).containsExactly("d0#0");
    assertThat(weighted.getFirst().score()).isGreaterThan(retrieve(query, 0).getFirst().score());
  }

  /** Inverse document frequency, ln(1 + (N - n + 0.5) / (n + 0.5)). */
  private static double idf(int passages, int withTerm) {
    return Math.log(1 + (passages - withTerm + 0.5) / (withTerm + 0.5));
  }

  private static double tf(int frequency, double relativeLength) {
    return frequency / (frequency + K1 * (1 - B + B * relativeLength));
  }

  /** What Lucene alone gives "cats dogs dogs fish" over the field of title and text together. */
  private List<Double> contentsScores() throws IOException {
    Query query =
        new BooleanQuery.Builder()
            .add(contents("cat"), BooleanClause.Occur.SHOULD)
            .add(new BoostQuery(contents("dog"), 2), BooleanClause.Occur.SHOULD)
            .add(contents("fish"), BooleanClause.Occur.SHOULD)
            .build();
    Path generation = index.resolve(new IndexFolder(index).current());
    try (Directory directory = FSDirectory.open(generation);
        DirectoryReader reader = DirectoryReader.open(directory)) {
      IndexSearcher searcher = new IndexSearcher(reader);
      searcher.setSimilarity(new BM25Similarity((float) K1, (float) B));
      return Arrays.stream(searcher.search(query, 10).scoreDocs)
          .map((ScoreDoc doc) -> (double) doc.score)
          .toList();
    }
  }

  private static Query contents(String term) {
    return new TermQuery(new Term(PassageFields.CONTENTS, term));
  }

  private void build(String... titlesAndTexts) throws Exception {
    IndexFixture.build(IndexFixture.titled(folder.resolve("c.jsonl"), titlesAndTexts), index);
  }

  private List<Hit> retrieve(String query, double titleWeight) throws IOException {
    try (LuceneRetriever retriever = LuceneRetriever.open(index, new Bm25(K1, B, titleWeight))) {
      return retriever.retrieve(query, 10);
    }
  }

  private static List<String> ids(List<Hit> hits) {
    return hits.stream().map(hit -> hit.passage().id()).toList();
  }
}
