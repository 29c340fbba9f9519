package dev.refrain.processors.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.refrain.processors.retrieval.documents.BadLineHandler;
import dev.refrain.processors.retrieval.documents.Corpus;
import dev.refrain.processors.scoring.Qrels;
import dev.refrain.processors.scoring.Queries;
import dev.refrain.processors.scoring.RankingScores;
import dev.refrain.processors.scoring.RetrievalEvaluation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Figures that Anserini publishes for whole documents, BM25 k1=0.9 b=0.4 and 1,000 hits: its
 * regressions {@code beir-v1.0.0-scifact.flat} and {@code cacm}, to every digit printed there.
 */
@Tag("corpus")
final class PublishedFiguresTest {
  private static final Path CORPORA =
      Path.of(System.getProperty("refrain.data", "../../shared/data"), "corpora");

  private static final IndexSettings WHOLE = IndexSettings.DEFAULT.withWholeDocuments();

  @TempDir Path folder;

  @Test
  void scifactScoresWhatAnseriniPublishes() throws Exception {
    Evaluated scifact = evaluate("scifact");

    assertThat(scifact.index.passages()).isEqualTo(5183);
    assertThat(scifact.index.terms()).isEqualTo(838_128);
    assertThat(scifact.scores.queries()).isEqualTo(300);
    assertThat(printed(scifact.scores.ndcgAt10())).isEqualTo("0.6789");
    assertThat(printed(scifact.scores.recallAt100())).isEqualTo("0.9253");
  }

  @Test
  void cacmScoresWhatAnseriniPublishes() throws Exception {
    Evaluated cacm = evaluate("cacm");

    assertThat(cacm.index.passages()).isEqualTo(3204);
    assertThat(cacm.index.terms()).isEqualTo(320_968);
    assertThat(cacm.scores.queries()).isEqualTo(52);
    assertThat(printed(cacm.scores.precisionAt30())).isEqualTo("0.1942");
    assertThat(printed(cacm.scores.averagePrecision())).isEqualTo("0.3123");
  }

  private Evaluated evaluate(String name) throws Exception {
    Path corpus = CORPORA.resolve(name).resolve("corpus.jsonl.gz");
    assumeTrue(Files.exists(corpus), corpus + " absent");
    new IndexBuilder(WHOLE, BadLineHandler.FAIL, _ -> {}).build(Corpus.at(corpus), folder);
    Map<String, String> queries = Queries.read(corpus.resolveSibling("queries.tsv"));
    Map<String, Map<String, Integer>> qrels = Qrels.read(corpus.resolveSibling("qrels.txt"));
    try (LuceneRetriever retriever = LuceneRetriever.open(folder, Bm25.DEFAULT)) {
      RankingScores scores = new RetrievalEvaluation(retriever).rank(queries, qrels, (_, _) -> {});
      return new Evaluated(retriever.statistics(), scores);
    }
  }

  private static String printed(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private record Evaluated(IndexStatistics index, RankingScores scores) {}
}
