package dev.refrain.topology.cli;

import dev.refrain.processors.retrieval.Bm25;
import dev.refrain.processors.retrieval.LuceneRetriever;
import dev.refrain.topology.config.RetrievalConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code refrain evaluate retrieval}: how well passages are found, without brokers or a model. */
@Command(
    name = "retrieval",
    description = {
      "Measure retrieval alone: by judgements (nDCG@10, recall, MAP, P@30, as trec_eval), or by",
      "questions with known answers (an answer string in the first 1, 5, 20, 100 passages)."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  refrain evaluate retrieval --corpus corpus.jsonl.gz --queries queries.tsv --qrels qrels.txt",
      "  refrain evaluate retrieval --index DIR --queries queries.tsv --qrels qrels.txt --run my.run",
      "  refrain evaluate retrieval --index DIR --questions questions.jsonl --limit 500 --json",
      "",
      "With --corpus, a temporary index is made: of whole documents for --qrels, which judge",
      "documents, and of passages of 100 words for --questions."
    })
final class EvaluateRetrievalCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private CorpusOptions documents = new CorpusOptions();
  @Mixin private JudgedQueries judged = new JudgedQueries();
  @Mixin private AnsweredQuestions answered = new AnsweredQuestions();

  @Option(
      names = "--index",
      paramLabel = "DIR",
      description = "Index to search (default: retrieval.index, unless --corpus is given).")
  private @Nullable Path index;

  @Option(names = "--k1", paramLabel = "K1", description = "BM25's k1 (default: retrieval.k1).")
  private @Nullable Double k1;

  @Option(names = "--b", paramLabel = "B", description = "BM25's b (default: retrieval.b).")
  private @Nullable Double b;

  @Option(
      names = "--title-weight",
      paramLabel = "W",
      description = "Weight of BM25 over titles alone (default: retrieval.titleWeight).")
  private @Nullable Double titleWeight;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (judged.given() == answered.given()) {
      throw common.wrongUsage("Give either --queries and --qrels, or --questions.");
    }
    RetrievalConfig config = common.load(settings()).configuration().retrieval();
    Bm25 bm25 = config.bm25();
    Output output = common.output();
    try (Shutdown _ = Shutdown.watch(Duration.ofSeconds(30));
        SearchedIndex searched = open(config, bm25, output)) {
      LuceneRetriever retriever = searched.retriever();
      if (judged.given()) {
        judged.evaluate(retriever, bm25, output);
      } else {
        answered.evaluate(retriever, bm25, output);
      }
    }
    return 0;
  }

  private SearchedIndex open(RetrievalConfig config, Bm25 bm25, Output output)
      throws IOException, InterruptedException {
    Path corpus = documents.corpus();
    if (corpus == null) {
      return SearchedIndex.open(config.requiredIndex(), bm25);
    }
    if (index != null) {
      throw common.wrongUsage("Give either --corpus or --index.");
    }
    int passageWords = judged.given() ? 0 : 100;
    return SearchedIndex.build(
        folder -> documents.build(corpus, folder, passageWords, output), bm25);
  }

  private List<String> settings() {
    List<String> settings = new ArrayList<>();
    if (index != null) {
      settings.add("retrieval.index=" + index);
    }
    if (k1 != null) {
      settings.add("retrieval.k1=" + k1);
    }
    if (b != null) {
      settings.add("retrieval.b=" + b);
    }
    if (titleWeight != null) {
      settings.add("retrieval.titleWeight=" + titleWeight);
    }
    return settings;
  }
}
