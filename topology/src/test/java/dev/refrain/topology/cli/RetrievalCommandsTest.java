package dev.refrain.topology.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetrievalCommandsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;
  private String corpus;
  private String index;

  @BeforeEach
  void paths() throws IOException {
    corpus =
        write(
            "corpus.jsonl",
            """
            {"id": "a", "title": "Nile", "text": "The Nile is 6650 km long."}
            {"id": "b", "title": "Rhine", "text": "The Rhine is 1230 km long."}
            """);
    index = folder.resolve("index").toString();
  }

  @Test
  void indexesAndThenFindsAnswers() throws IOException {
    assertThat(run("index", "--corpus", corpus, "--out", index)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("passages", "digest ").contains(index);
    String questions =
        write(
            "questions.jsonl",
            """
            {"id": "1", "question": "How long is the Nile?", "answers": ["6650 km"]}
            {"id": "2", "question": "How long is the Nile?", "answers": ["1230 km"]}
            {"id": "3", "question": "How long is the Nile?", "answers": ["Nobody knows"]}
            """);

    assertThat(evaluate("--index", index, "--questions", questions)).isZero();
    assertThat(rows()).contains("questions 3", "recall@1 0.3333", "recall@5 0.6667");

    assertThat(evaluate("--index", index, "--questions", questions, "--limit", "1", "--json"))
        .isZero();
    assertThat(out.toString()).contains("\"questions\":1,\"at1\":1.0");
  }

  @Test
  void letsTitlesWeighMoreWhereAskedTo() throws IOException {
    String guides =
        write(
            "guides.jsonl",
            """
            {"id": "a", "title": "Delta", "text": "Of the Nile, here."}
            {"id": "b", "title": "Nile", "text": "Has a delta, there."}
            """);
    assertThat(run("index", "--corpus", guides, "--out", index)).as(err.toString()).isZero();
    String questions =
        write(
            "questions.jsonl",
            "{\"id\": \"1\", \"question\": \"Nile?\", \"answers\": [\"there\"]}\n");

    assertThat(evaluate("--index", index, "--questions", questions)).isZero();
    assertThat(rows()).contains("recall@1 0.0000", "recall@5 1.0000");
    assertThat(evaluate("--index", index, "--questions", questions, "--title-weight", "0.5"))
        .isZero();
    assertThat(rows()).contains("recall@1 1.0000");
    assertThat(evaluate("--index", index, "--questions", questions, "--title-weight", "-1"))
        .isNotZero();
    assertThat(err.toString()).contains("retrieval.titleWeight is -1.0, must be 0 or more");
  }

  @Test
  void measuresRankingsOfACorpusAndWritesARun() throws IOException {
    String queries = write("queries.tsv", "q1\tnile km\nq2\trhine\n");
    String qrels = write("qrels.tsv", "query-id\tcorpus-id\tscore\nq1\tb\t1\nq2\tb\t1\nq3\ta\t1\n");
    Path run = folder.resolve("my.run");

    int code =
        evaluate(
            "--corpus", corpus, "--queries", queries, "--qrels", qrels, "--run", run.toString());

    assertThat(code).as(err.toString()).isZero();
    // The document of q1 is second of two: 1 / log2(3) = 0.6309; that of q2 is first.
    assertThat(rows()).contains("nDCG@10 0.8155", "MAP 0.7500", "P@30 0.0333");
    assertThat(err.toString()).contains("1 judged queries are not in");
    assertThat(Files.readAllLines(run))
        .hasSize(3)
        .anyMatch(line -> line.matches("q2 Q0 b 1 [0-9.]+ refrain"));
  }

  @Test
  void failsOrGoesOnAtABadLineAsTold() throws IOException {
    String bad = write("bad.jsonl", "{\"id\": \"a\", \"text\": \"x\"}\nnonsense\n");

    assertThat(run("index", "--corpus", bad, "--out", index)).isEqualTo(1);
    assertThat(err.toString()).contains(bad + ":2: not JSON").contains("--on-bad-line skip");
    assertThat(err.toString()).doesNotContain("\tat ");

    assertThat(run("index", "--corpus", bad, "--out", index, "--on-bad-line", "skip")).isZero();
    assertThat(err.toString()).contains("passed over: " + bad + ":2: not JSON");
    assertThat(rows()).contains("bad lines 1");
  }

  @Test
  void saysWhatIsMissing() {
    assertThat(run("index", "--out", index)).isEqualTo(2);
    assertThat(err.toString()).contains("--corpus PATH");
    assertThat(run("index", "--corpus", corpus)).isEqualTo(2);
    assertThat(err.toString()).contains("--out DIR");
    assertThat(run("index", "--corpus", corpus + "x", "--out", index)).isEqualTo(1);
    assertThat(err.toString()).contains(corpus + "x");
    assertThat(run("index", "--corpus", corpus, "--out", index, "--format", "pdf")).isEqualTo(2);
    assertThat(err.toString()).contains("'pdf' is none of json-lines, dpr-tsv, text");
    assertThat(evaluate("--index", index)).isEqualTo(2);
    assertThat(err.toString()).contains("--queries and --qrels");
    assertThat(evaluate("--index", index, "--questions", corpus)).isEqualTo(1);
    assertThat(err.toString()).contains(index + " holds no index");
  }

  @Test
  @Tag("corpus")
  void printsThePublishedFiguresOfCacm() {
    Path cacm = Path.of(System.getProperty("refrain.data", "absent"), "corpora", "cacm");
    assumeTrue(Files.exists(cacm), cacm + " absent");

    int code =
        evaluate(
            "--corpus",
            cacm.resolve("corpus.jsonl.gz").toString(),
            "--queries",
            cacm.resolve("queries.tsv").toString(),
            "--qrels",
            cacm.resolve("qrels.txt").toString());

    assertThat(code).as(err.toString()).isZero();
    // Anserini's regression "cacm".
    assertThat(rows()).contains("terms 320968", "MAP 0.3123", "P@30 0.1942");
  }

  private int evaluate(String... flags) {
    String[] args = new String[flags.length + 2];
    args[0] = "evaluate";
    args[1] = "retrieval";
    System.arraycopy(flags, 0, args, 2, flags.length);
    return run(args);
  }

  /** What was printed, without the alignment. */
  private List<String> rows() {
    return out.toString().lines().map(line -> line.replaceAll(" +", " ")).toList();
  }

  private int run(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Refrain.run(new PrintWriter(out), new PrintWriter(err), args);
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
