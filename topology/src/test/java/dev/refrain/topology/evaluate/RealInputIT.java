package dev.refrain.topology.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.refrain.gpuworkers.model.ModelFolder;
import dev.refrain.gpuworkers.tokenizer.Tokenizer;
import dev.refrain.processors.retrieval.Bm25;
import dev.refrain.processors.retrieval.Hit;
import dev.refrain.processors.retrieval.IndexBuilder;
import dev.refrain.processors.retrieval.IndexSettings;
import dev.refrain.processors.retrieval.LuceneRetriever;
import dev.refrain.processors.retrieval.documents.BadLineHandler;
import dev.refrain.processors.retrieval.documents.Corpus;
import dev.refrain.processors.scoring.AnswerMatcher;
import dev.refrain.topology.client.Ending;
import dev.refrain.topology.client.QuestionFile;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.serve.ScratchFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real questions to Simple English Wikipedia, the whole way on the embedded broker. The model
 * cannot answer; what counts is that every question ends, that nothing is lost on the way, and that
 * a second run gives the same.
 */
@Tag("corpus")
class RealInputIT {
  private static final Path DATA = Path.of(System.getProperty("refrain.data", "absent"));
  private static final Path CORPUS = DATA.resolve("corpora/simplewiki.jsonl.gz");
  private static final Path QUESTIONS = DATA.resolve("questions/nq-dpr-dev.jsonl");
  private static final Path MODEL = DATA.resolve("checkpoints/stories260K");

  @TempDir private static Path folder;

  @BeforeAll
  static void index() throws Exception {
    assumeTrue(Files.exists(CORPUS), "Skipped: the public corpora are absent at " + DATA);
    new IndexBuilder(new IndexSettings(100, 2), BadLineHandler.FAIL, progress -> {})
        .build(Corpus.at(CORPUS), folder.resolve("index"));
  }

  @Test
  void readsWhatRetrievalAndPackingGiveOutsideKafka() throws Exception {
    List<QuestionFile.Line> questions = questions(300);
    List<Graded> graded = new ArrayList<>();
    Summary summary = run(questions, graded, "policy.thresholds.maxPasses=1");

    List<List<String>> outside = new ArrayList<>();
    int found = 0;
    try (LuceneRetriever retriever = LuceneRetriever.open(folder.resolve("index"), Bm25.DEFAULT);
        Tokenizer tokenizer = Tokenizer.open(ModelFolder.open(MODEL))) {
      for (QuestionFile.Line question : questions) {
        List<Hit> packed =
            pack(tokenizer, question.text(), retriever.retrieve(question.text(), 20));
        outside.add(packed.stream().map(hit -> hit.passage().id()).toList());
        AnswerMatcher answers = AnswerMatcher.of(question.answers());
        found += packed.stream().anyMatch(hit -> answers.occursIn(hit.passage().text())) ? 1 : 0;
      }
    }
    assertThat(graded).extracting(Graded::status).containsOnly(Ending.Status.ANSWERED);
    assertThat(graded).extracting(Graded::evidence).isEqualTo(outside);
    assertThat(summary.recall()).isEqualTo((double) found / questions.size()).isPositive();
  }

  /** The naive way: one passage more while the whole prompt and 16 new tokens fit 512. */
  private static List<Hit> pack(Tokenizer tokenizer, String question, List<Hit> hits) {
    String prompt =
        "Answer the question with a few words from the passages.\n\n%s\nQuestion: %s\nAnswer:";
    StringBuilder context = new StringBuilder();
    List<Hit> packed = new ArrayList<>();
    for (Hit hit : hits) {
      context.append(hit.passage().title()).append(": ").append(hit.passage().text());
      context.append("\n\n");
      if (tokenizer.count(prompt.formatted(context, question)) > 512 - 16) {
        return packed;
      }
      packed.add(hit);
    }
    return packed;
  }

  @Test
  void answersAlikeInASecondRun() throws Exception {
    List<Graded> first = new ArrayList<>();
    List<Graded> second = new ArrayList<>();
    Summary summary = run(questions(100), first);
    run(questions(100), second);

    assertThat(summary.failed()).isZero();
    assertThat(first).hasSize(100);
    assertThat(first.stream().filter(g -> g.passes() == 2)).as("second passes").isNotEmpty();
    assertThat(second)
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("times")
        .isEqualTo(first);
  }

  private static List<QuestionFile.Line> questions(int limit) throws Exception {
    return QuestionFile.read(QUESTIONS).stream().limit(limit).toList();
  }

  private static Summary run(List<QuestionFile.Line> questions, List<Graded> graded, String... sets)
      throws Exception {
    try (ScratchFolder scratch = ScratchFolder.make("refrain-real-input")) {
      List<String> settings = new ArrayList<>(scratch.settings());
      settings.add("retrieval.index=" + folder.resolve("index"));
      settings.add("model.folder=" + MODEL);
      settings.add("reader.samples=4");
      settings.add("policy.thresholds.abstainBelow=0");
      settings.addAll(List.of(sets));
      Configuration configuration = Configuration.load(Optional.empty(), settings);
      return new Evaluation(configuration, 64, Duration.ofMinutes(10)).run(questions, graded::add);
    }
  }
}
