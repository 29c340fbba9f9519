package dev.refrain.processors.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.refrain.processors.retrieval.documents.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LuceneRetrieverTest {
  @TempDir Path folder;
  private Path file;
  private Path index;

  @BeforeEach
  void paths() {
    file = folder.resolve("corpus.jsonl");
    index = folder.resolve("index");
  }

  @Test
  void scoresAsTheFormulaSays() throws Exception {
    IndexFixture.build(
        IndexFixture.corpus(file, "cats cats dogs", "dogs birds birds fish", "fish"), index);
    double k1 = 1.5;
    double b = 0.6;

    try (LuceneRetriever retriever = LuceneRetriever.open(index, new Bm25(k1, b, 0))) {
      List<Hit> hits = retriever.retrieve("cat dog dog", 10);

      // Three passages of 3, 4 and 1 terms; idf = ln(1 + (N - n + 0.5) / (n + 0.5)).
      double average = 8.0 / 3;
      double idfCat = Math.log(1 + (3 - 1 + 0.5) / 1.5);
      double idfDog = Math.log(1 + (3 - 2 + 0.5) / 2.5);
      double first = k1 * (1 - b + b * 3 / average);
      double second = k1 * (1 - b + b * 4 / average);
      assertThat(hits).extracting(hit -> hit.passage().id()).containsExactly("d0#0", "d1#0");
      assertThat(hits.get(0).score())
          .isCloseTo(idfCat * 2 / (2 + first) + 2 * idfDog / (1 + first), within(1e-5));
      assertThat(hits.get(1).score()).isCloseTo(2 * idfDog / (1 + second), within(1e-5));
    }
  }

  @Test
  void givesBackThePassageAsItWentIn() throws Exception {
    Files.writeString(file, "{\"id\":\"x\",\"title\":\"Title é\",\"text\":\"Some <b> 東京 text\"}");
    IndexFixture.build(Corpus.at(file), index);

    try (LuceneRetriever retriever = LuceneRetriever.open(index, Bm25.DEFAULT)) {
      assertThat(retriever.retrieve("titles", 1))
          .extracting(Hit::passage)
          .containsExactly(new Passage("x#0", "Title é", "Some <b> 東京 text"));
    }
  }

  @Test
  void ordersEqualScoresByPassageIdAndCutsThereToo() throws Exception {
    String[] same = IntStream.range(0, 300).mapToObj(_ -> "same words").toArray(String[]::new);
    IndexFixture.build(IndexFixture.corpus(file, same), index, new IndexSettings(0, 2));

    try (LuceneRetriever retriever = LuceneRetriever.open(index, Bm25.DEFAULT)) {
      List<String> ids = IntStream.range(0, 300).mapToObj(i -> "d" + i).sorted().toList();
      assertThat(retriever.retrieve("word", 5))
          .extracting(hit -> hit.passage().id())
          .isEqualTo(ids.subList(0, 5));
      assertThat(retriever.retrieve("word", 1000))
          .extracting(hit -> hit.passage().id())
          .isEqualTo(ids);
    }
  }

  @Test
  void findsNothingWhereNothingIsAsked() throws Exception {
    IndexFixture.build(IndexFixture.corpus(file, "some words"), index);

    try (LuceneRetriever retriever = LuceneRetriever.open(index, Bm25.DEFAULT)) {
      assertThat(retriever.retrieve("", 3)).isEmpty();
      assertThat(retriever.retrieve("the of *:* \"", 3)).isEmpty();
      assertThatThrownBy(() -> retriever.retrieve("words", 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("topK is 0");
    }
  }

  @Test
  void takesAQueryOfAnyLength() throws Exception {
    IndexFixture.build(IndexFixture.corpus(file, "w5 words"), index);
    String query = IntStream.range(0, 5000).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));

    try (LuceneRetriever retriever = LuceneRetriever.open(index, Bm25.DEFAULT)) {
      assertThat(retriever.retrieve(query, 3)).hasSize(1);
    }
  }

  @Test
  void findsTheNewIndexAfterARebuild() throws Exception {
    IndexFixture.build(IndexFixture.corpus(file, "old words"), index);

    try (LuceneRetriever retriever = LuceneRetriever.open(index, Bm25.DEFAULT)) {
      assertThat(retriever.retrieve("old", 1)).hasSize(1);
      IndexReport rebuilt = IndexFixture.build(IndexFixture.corpus(file, "new words"), index);
      assertThat(retriever.retrieve("old", 1)).isEmpty();
      assertThat(retriever.retrieve("new", 1)).hasSize(1);
      assertThat(retriever.digest()).isEqualTo(rebuilt.index().digest());
    }
  }

  @Test
  void neverFailsOrMixesIndexesWhileTheyAreRebuilt() throws Exception {
    int passages = 60;
    IndexFixture.build(IndexFixture.corpus(file, texts(0, passages)), index);
    AtomicBoolean done = new AtomicBoolean();

    try (LuceneRetriever retriever = LuceneRetriever.open(index, Bm25.DEFAULT);
        ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Future<Integer>> searches = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        searches.add(threads.submit(() -> search(retriever, passages, done)));
      }
      try {
        for (int generation = 1; generation <= 25; generation++) {
          IndexFixture.build(IndexFixture.corpus(file, texts(generation, passages)), index);
        }
      } finally {
        done.set(true);
      }
      for (Future<Integer> search : searches) {
        assertThat(search.get()).as("searches").isPositive();
      }
      assertThat(found(retriever, "edition25")).as("the last edition is found").isTrue();
    }
  }

  /** Whether a text is found soon: a new index may take its ten milliseconds. */
  private static boolean found(LuceneRetriever retriever, String text) throws Exception {
    long start = System.nanoTime();
    while (System.nanoTime() - start < 5_000_000_000L) {
      if (retriever.retrieve("word", 1).getFirst().passage().text().contains(text)) {
        return true;
      }
      Thread.sleep(5);
    }
    return false;
  }

  @Test
  void servesTheOldIndexWhereTheNewOneCannotBeOpened() throws Exception {
    IndexFixture.build(IndexFixture.corpus(file, "old words"), index);

    try (LuceneRetriever retriever = LuceneRetriever.open(index, Bm25.DEFAULT)) {
      Files.writeString(index.resolve("CURRENT"), "generation-99\n");
      assertThat(retriever.retrieve("old", 1)).hasSize(1);
      Files.delete(index.resolve("CURRENT"));
      assertThat(retriever.retrieve("old", 1)).hasSize(1);
    }
  }

  @Test
  void saysWhatIsWrongWithAFolderItCannotOpen() throws Exception {
    assertThatThrownBy(() -> LuceneRetriever.open(index, Bm25.DEFAULT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(index + " holds no index")
        .hasMessageContaining("build one");
  }

  @Test
  void refusesAnIndexOfAnotherFormatAndSaysWhatToDo() throws Exception {
    IndexFixture.build(IndexFixture.corpus(file, "words"), index);
    Path generation = index.resolve(new IndexFolder(index).current());
    try (Directory directory = FSDirectory.open(generation);
        IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
      String old = "refrain-index-1 english-porter title+text";
      writer.setLiveCommitData(Map.of("refrain.format", old, "refrain.digest", "00").entrySet());
      writer.commit();
    }

    assertThatThrownBy(() -> LuceneRetriever.open(index, Bm25.DEFAULT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(generation.toString())
        .hasMessageContaining("built as 'refrain-index-1 english-porter title+text'")
        .hasMessageContaining("build it again");
  }

  @Test
  void refusesToSearchAfterItsEnd() throws Exception {
    IndexFixture.build(IndexFixture.corpus(file, "words"), index);
    LuceneRetriever retriever = LuceneRetriever.open(index, Bm25.DEFAULT);
    retriever.close();
    retriever.close();

    assertThatThrownBy(() -> retriever.retrieve("words", 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void refusesParametersOutOfRange() {
    assertThatThrownBy(() -> new Bm25(-0.1, 0.4, 0)).hasMessageContaining("k1 is -0.1");
    assertThatThrownBy(() -> new Bm25(Double.NaN, 0.4, 0)).hasMessageContaining("k1 is NaN");
    assertThatThrownBy(() -> new Bm25(0.9, 1.1, 0)).hasMessageContaining("b is 1.1");
    assertThatThrownBy(() -> new Bm25(0.9, 0.4, -1)).hasMessageContaining("titleWeight is -1.0");
    assertThatThrownBy(() -> new Bm25(0.9, 0.4, Double.POSITIVE_INFINITY))
        .hasMessageContaining("titleWeight is Infinity");
  }

  private static int search(LuceneRetriever retriever, int passages, AtomicBoolean done) {
    int searches = 0;
    while (!done.get()) {
      List<Hit> hits = retriever.retrieve("word", 2 * passages);
      assertThat(hits).hasSize(passages);
      assertThat(hits.stream().map(hit -> hit.passage().text()).distinct()).hasSize(1);
      searches++;
    }
    return searches;
  }

  private static String[] texts(int edition, int count) {
    return IntStream.range(0, count).mapToObj(_ -> "word edition" + edition).toArray(String[]::new);
  }
}
