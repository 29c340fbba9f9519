package dev.refrain.topology.cli;

import dev.refrain.processors.retrieval.Bm25;
import dev.refrain.processors.retrieval.IndexStatistics;
import dev.refrain.processors.retrieval.LuceneRetriever;
import dev.refrain.processors.scoring.AnswerRecall;
import dev.refrain.processors.scoring.GoldQuestion;
import dev.refrain.processors.scoring.RetrievalEvaluation;
import dev.refrain.topology.client.QuestionFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Evaluates retrieval by questions with known answers. */
final class AnsweredQuestions {
  @Option(
      names = "--questions",
      paramLabel = "FILE",
      description = "Questions: JSON lines (question, answers).")
  private @Nullable Path questions;

  @Option(names = "--limit", paramLabel = "N", description = "Only the first N questions.")
  private int limit = Integer.MAX_VALUE;

  boolean given() {
    return questions != null;
  }

  void evaluate(LuceneRetriever retriever, Bm25 bm25, Output output)
      throws IOException, InterruptedException {
    List<GoldQuestion> asked = questions();
    RetrievalEvaluation evaluation = new RetrievalEvaluation(retriever);
    AnswerRecall.Counter counter = new AnswerRecall.Counter();
    try (ProgressBar bar = Progress.bar("searching", asked.size(), true)) {
      for (GoldQuestion question : asked) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        counter.add(evaluation.rankOfAnswer(question));
        bar.step();
      }
    }
    AnswerRecall recall = counter.recall();
    IndexStatistics index = retriever.statistics();
    output.value(Map.of("index", index, "bm25", bm25, "recall", recall));
    output.table(
        Table.plain()
            .row("passages", index.passages())
            .row("questions", recall.questions())
            .row("recall@1", printed(recall.at1()))
            .row("recall@5", printed(recall.at5()))
            .row("recall@20", printed(recall.at20()))
            .row("recall@100", printed(recall.at100())));
  }

  private List<GoldQuestion> questions() throws IOException {
    if (questions == null) {
      throw new IllegalStateException("No questions are given.");
    }
    List<GoldQuestion> asked =
        QuestionFile.read(questions).stream()
            .limit(limit)
            .map(line -> new GoldQuestion(line.id(), line.text(), line.answers()))
            .toList();
    for (GoldQuestion question : asked) {
      if (question.answers().isEmpty()) {
        throw new CommandFailedException(
            "Question %s of %s has no answers to look for.".formatted(question.id(), questions));
      }
    }
    return asked;
  }

  private static String printed(double measure) {
    return String.format(Locale.ROOT, "%.4f", measure);
  }
}
