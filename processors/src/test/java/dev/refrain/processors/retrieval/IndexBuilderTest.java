package dev.refrain.processors.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refrain.processors.retrieval.documents.BadLine;
import dev.refrain.processors.retrieval.documents.BadLineException;
import dev.refrain.processors.retrieval.documents.BadLineHandler;
import dev.refrain.processors.retrieval.documents.Corpus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IndexBuilderTest {
  private static final String[] TEXTS = {"red green", "green blue", "blue"};

  @TempDir Path folder;
  private Path file;
  private Path index;

  @BeforeEach
  void paths() {
    file = folder.resolve("corpus.jsonl");
    index = folder.resolve("index");
  }

  @Test
  void reportsWhatWentIn() throws Exception {
    Corpus corpus = IndexFixture.corpus(file, "one two three", "", "the four");

    IndexReport report = IndexFixture.build(corpus, index, new IndexSettings(2, 1));

    assertThat(report.documents()).isEqualTo(3);
    assertThat(report.emptyDocuments()).isEqualTo(1);
    assertThat(report.badLines()).isZero();
    assertThat(report.index().passages()).isEqualTo(3);
    assertThat(report.index().terms()).as("'the' is a stop word").isEqualTo(4);
    assertThat(report.index().passageWords()).isEqualTo(2);
  }

  @Test
  void digestsThePassagesInOrder() throws Exception {
    IndexReport report = IndexFixture.build(IndexFixture.corpus(file, "x ä"), index);

    // Each part after its length in bytes, as IndexDigest documents it.
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    for (String part :
        List.of("refrain-index-2 english-porter title+text title", "d0#0", "", "x ä")) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      sha256.update(new byte[] {0, 0, 0, (byte) bytes.length});
      sha256.update(bytes);
    }
    assertThat(report.index().digest()).isEqualTo(HexFormat.of().formatHex(sha256.digest()));
  }

  @Test
  void digestsContentAndNeitherPlaceNorTimeNorThreads() throws Exception {
    String digest = IndexFixture.build(IndexFixture.corpus(file, TEXTS), index).index().digest();

    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Corpus same = IndexFixture.corpus(elsewhere.resolve("other-name.jsonl"), TEXTS);
    assertThat(digest(same, new IndexSettings(100, 3))).isEqualTo(digest);
    assertThat(digest(IndexFixture.corpus(file, "red green", "green blue", "blue."), 100))
        .isNotEqualTo(digest);
    assertThat(digest(IndexFixture.corpus(file, "green blue", "red green", "blue"), 100))
        .isNotEqualTo(digest);
    assertThat(digest(IndexFixture.corpus(file, TEXTS), 1)).isNotEqualTo(digest);
  }

  @Test
  void findsTheSameWithAnyNumberOfThreads() throws Exception {
    String[] texts = new String[3000];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = "alpha " + "beta ".repeat(i % 5) + "gamma" + i % 7;
    }
    Corpus corpus = IndexFixture.corpus(file, texts);

    IndexFixture.build(corpus, index);
    Path parallel = folder.resolve("parallel");
    IndexFixture.build(corpus, parallel, new IndexSettings(100, 4));

    try (LuceneRetriever one = LuceneRetriever.open(index, Bm25.DEFAULT);
        LuceneRetriever four = LuceneRetriever.open(parallel, Bm25.DEFAULT)) {
      assertThat(four.retrieve("beta gamma3", 500)).isEqualTo(one.retrieve("beta gamma3", 500));
      assertThat(four.statistics()).isEqualTo(one.statistics());
    }
  }

  @Test
  void leavesTheOldIndexInUseWhereABadLineEndsTheBuild() throws Exception {
    IndexReport old = IndexFixture.build(IndexFixture.corpus(file, TEXTS), index);
    Files.writeString(file, "{\"id\":\"1\",\"text\":\"new\"}\nbad\n");

    assertThatThrownBy(() -> IndexFixture.build(Corpus.at(file), index))
        .isInstanceOf(BadLineException.class)
        .hasMessageContaining(file + ":2");

    assertOnlyTheOldOneIsLeft(old);
  }

  @Test
  void passesOverBadLinesAndCountsThemWhereAskedTo() throws Exception {
    Files.writeString(file, "{\"id\":\"1\",\"text\":\"new\"}\nbad\n\nworse\n");
    List<BadLine> bad = new ArrayList<>();

    IndexReport report =
        new IndexBuilder(IndexSettings.DEFAULT, bad::add, _ -> {}).build(Corpus.at(file), index);

    assertThat(report.badLines()).isEqualTo(2);
    assertThat(bad).extracting(BadLine::number).containsExactly(2L, 4L);
    assertThat(report.index().passages()).isEqualTo(1);
  }

  @Test
  void leavesTheOldIndexInUseWhenItIsInterrupted() throws Exception {
    IndexReport old = IndexFixture.build(IndexFixture.corpus(file, TEXTS), index);
    String[] many = Stream.generate(() -> "new words").limit(5000).toArray(String[]::new);
    Corpus corpus = IndexFixture.corpus(file, many);
    IndexBuilder interrupted =
        new IndexBuilder(
            IndexSettings.DEFAULT, BadLineHandler.FAIL, _ -> Thread.currentThread().interrupt());

    assertThatThrownBy(() -> interrupted.build(corpus, index))
        .isInstanceOf(InterruptedException.class);

    assertThat(Thread.interrupted()).isFalse();
    assertOnlyTheOldOneIsLeft(old);
  }

  @Test
  void leavesTheOldIndexInUseWhereTheCorpusIsEmpty() throws Exception {
    IndexReport old = IndexFixture.build(IndexFixture.corpus(file, TEXTS), index);

    assertThatThrownBy(() -> IndexFixture.build(IndexFixture.corpus(file), index))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no passage");

    assertOnlyTheOldOneIsLeft(old);
  }

  @Test
  void removesWhatAKilledBuildLeftBehind() throws Exception {
    IndexFixture.build(IndexFixture.corpus(file, TEXTS), index);
    Path unfinished = Files.createDirectories(index.resolve("generation-7"));
    Files.writeString(unfinished.resolve("_0.cfs"), "half");

    IndexReport report = IndexFixture.build(IndexFixture.corpus(file, "new"), index);

    assertThat(unfinished).doesNotExist();
    try (LuceneRetriever retriever = LuceneRetriever.open(index, Bm25.DEFAULT)) {
      assertThat(retriever.digest()).isEqualTo(report.index().digest());
    }
  }

  @Test
  void keepsAtMostOneGenerationBesideTheOneInUse() throws Exception {
    for (int i = 0; i < 4; i++) {
      IndexFixture.build(IndexFixture.corpus(file, "text" + i), index);
    }

    try (Stream<Path> entries = Files.list(index)) {
      assertThat(entries.map(entry -> entry.getFileName().toString()))
          .containsExactlyInAnyOrder("CURRENT", "build.lock", "generation-3", "generation-4");
    }
  }

  @Test
  void refusesASecondBuildInTheSameFolder() throws Exception {
    Corpus corpus = IndexFixture.corpus(file, TEXTS);
    IndexBuilder twice =
        new IndexBuilder(
            IndexSettings.DEFAULT,
            BadLineHandler.FAIL,
            _ ->
                assertThatThrownBy(() -> IndexFixture.build(corpus, index))
                    .isInstanceOf(IndexLockedException.class)
                    .hasMessageContaining(index.toString()));

    assertThat(twice.build(corpus, index).documents()).isEqualTo(3);
    assertThat(IndexFixture.build(corpus, index).documents()).isEqualTo(3);
  }

  @Test
  void tellsHowFarItIs() throws Exception {
    String[] many = Stream.generate(() -> "a few words").limit(1000).toArray(String[]::new);
    Corpus corpus = IndexFixture.corpus(file, many);
    List<IndexProgress> told = new ArrayList<>();

    new IndexBuilder(IndexSettings.DEFAULT, BadLineHandler.FAIL, told::add).build(corpus, index);

    assertThat(told).hasSizeGreaterThan(2).allMatch(p -> p.bytesTotal() == corpus.bytes());
    assertThat(told).extracting(IndexProgress::documents).isSorted().endsWith(1000L);
    assertThat(told.getLast().bytesRead()).isEqualTo(corpus.bytes());
  }

  private void assertOnlyTheOldOneIsLeft(IndexReport old) throws IOException {
    try (LuceneRetriever retriever = LuceneRetriever.open(index, Bm25.DEFAULT);
        Stream<Path> entries = Files.list(index)) {
      assertThat(retriever.digest()).isEqualTo(old.index().digest());
      assertThat(entries).hasSize(3);
    }
  }

  private String digest(Corpus corpus, int passageWords) throws Exception {
    return digest(corpus, new IndexSettings(passageWords, 1));
  }

  private String digest(Corpus corpus, IndexSettings settings) throws Exception {
    return IndexFixture.build(corpus, folder.resolve("another"), settings).index().digest();
  }
}
