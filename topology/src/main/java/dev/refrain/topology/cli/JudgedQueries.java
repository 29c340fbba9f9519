package dev.refrain.topology.cli;

import dev.refrain.processors.retrieval.Bm25;
import dev.refrain.processors.retrieval.Hit;
import dev.refrain.processors.retrieval.IndexStatistics;
import dev.refrain.processors.retrieval.LuceneRetriever;
import dev.refrain.processors.scoring.Qrels;
import dev.refrain.processors.scoring.Queries;
import dev.refrain.processors.scoring.RankingScores;
import dev.refrain.processors.scoring.RetrievalEvaluation;
import dev.refrain.processors.scoring.TrecRun;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Evaluates retrieval by queries with judgements. */
final class JudgedQueries {
  @Option(
      names = "--queries",
      paramLabel = "FILE",
      description = "Queries: id, tab, text a line, or JSON lines (id, text).")
  private @Nullable Path queries;

  @Option(
      names = "--qrels",
      paramLabel = "FILE",
      description = "Judgements of TREC (4 columns) or BEIR (3 columns with a header).")
  private @Nullable Path qrels;

  @Option(names = "--run", paramLabel = "FILE", description = "Write the rankings as a TREC run.")
  private @Nullable Path run;

  boolean given() {
    return queries != null && qrels != null;
  }

  void evaluate(LuceneRetriever retriever, Bm25 bm25, Output output) throws IOException {
    if (queries == null || qrels == null) {
      throw new IllegalStateException("Neither queries nor judgements are given.");
    }
    Map<String, String> texts = Queries.read(queries);
    Map<String, Map<String, Integer>> grades = Qrels.read(qrels);
    long unknown = grades.keySet().stream().filter(id -> !texts.containsKey(id)).count();
    if (unknown > 0) {
      output.remark(unknown + " judged queries are not in " + queries + " and do not count.");
    }
    RankingScores scores = rank(retriever, texts, grades);
    IndexStatistics index = retriever.statistics();
    output.value(Map.of("index", index, "bm25", bm25, "scores", scores));
    output.table(
        Table.plain()
            .row("passages", index.passages())
            .row("terms", index.terms())
            .row("judged queries", scores.queries())
            .row("nDCG@10", printed(scores.ndcgAt10()))
            .row("recall@10", printed(scores.recallAt10()))
            .row("recall@100", printed(scores.recallAt100()))
            .row("recall@1000", printed(scores.recallAt1000()))
            .row("MAP", printed(scores.averagePrecision()))
            .row("P@30", printed(scores.precisionAt30())));
  }

  private RankingScores rank(
      LuceneRetriever retriever,
      Map<String, String> texts,
      Map<String, Map<String, Integer>> grades)
      throws IOException {
    RetrievalEvaluation evaluation = new RetrievalEvaluation(retriever);
    try (ProgressBar bar = Progress.bar("searching", texts.size(), true);
        TrecRun written = run == null ? null : TrecRun.create(run, "refrain")) {
      return evaluation.rank(
          texts,
          grades,
          (query, hits) -> {
            bar.step();
            write(written, query, hits);
          });
    }
  }

  private static void write(@Nullable TrecRun run, String query, List<Hit> hits)
      throws IOException {
    if (Thread.interrupted()) {
      throw new InterruptedIOException("Interrupted at query " + query + ".");
    }
    if (run != null) {
      for (Hit hit : hits) {
        run.add(query, hit.passage().id(), hit.score());
      }
    }
  }

  private static String printed(double measure) {
    return String.format(Locale.ROOT, "%.4f", measure);
  }
}
