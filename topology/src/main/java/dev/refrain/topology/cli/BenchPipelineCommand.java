package dev.refrain.topology.cli;

import dev.refrain.topology.bench.PipelineBench;
import dev.refrain.topology.bench.PipelineResult;
import dev.refrain.topology.broker.Cluster;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.quickstart.Quickstart;
import dev.refrain.topology.serve.ScratchFolder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code refrain bench pipeline}: the topology beside a bare Kafka Streams chain. */
@Command(
    name = "pipeline",
    description = {
      "Measure the complete topology with instantaneous workers on the embedded broker, beside a",
      "bare Kafka Streams chain with as many topic hops and bytes, under both guarantees."
    },
    footerHeading = "%nExamples:%n",
    footer = "  refrain bench pipeline --model llama --burst 5000")
final class BenchPipelineCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private FolderOptions folders = new FolderOptions();

  @Option(names = "--burst", description = "Questions of a burst (default: ${DEFAULT-VALUE}).")
  private int burst = 5000;

  @Option(names = "--singles", description = "Single questions (default: ${DEFAULT-VALUE}).")
  private int singles = 100;

  @Option(names = "--rounds", description = "Turns of both sides (default: ${DEFAULT-VALUE}).")
  private int rounds = 3;

  @Option(
      names = "--guarantee",
      description = "exactly-once or at-least-once (default: one after the other).")
  private List<String> guarantees = List.of("exactly-once", "at-least-once");

  @Override
  public Integer call() throws IOException, InterruptedException {
    Output output = common.output();
    Table table =
        Table.headed("guarantee", "questions/s", "chain/s", "ratio", "ms", "chain ms", "ratio ");
    try (Shutdown _ = Shutdown.watch(Duration.ofSeconds(30));
        ScratchFolder scratch = ScratchFolder.make("refrain-bench")) {
      Quickstart corpus = new Quickstart(scratch.path());
      corpus.prepare();
      Configuration embedded = common.load(settings(scratch, corpus, List.of())).configuration();
      try (Cluster cluster = Cluster.open(embedded.kafka(), embedded.broker())) {
        for (String guarantee : guarantees) {
          List<String> own =
              List.of(
                  "kafka.bootstrapServers=" + cluster.bootstrapServers(),
                  "stream.guarantee=" + guarantee,
                  "stream.applicationId=bench-" + guarantee,
                  "workers.lm.maxBatch=500",
                  "topics.prefix=" + guarantee + ".");
          Configuration configuration = common.load(settings(scratch, corpus, own)).configuration();
          PipelineResult result =
              new PipelineBench(
                      configuration, cluster, new PipelineBench.Sizes(burst, singles, rounds))
                  .run(done -> output.remark(guarantee + ": " + done));
          print(output, table, guarantee, result);
        }
      }
    }
    output.table(table);
    return 0;
  }

  private List<String> settings(ScratchFolder scratch, Quickstart corpus, List<String> own) {
    List<String> settings = new ArrayList<>(scratch.settings());
    settings.add("retrieval.index=" + corpus.index());
    settings.addAll(own);
    return folders.settings(settings);
  }

  private static void print(Output output, Table table, String guarantee, PipelineResult result) {
    output.value(
        Map.of(
            "guarantee", guarantee,
            "questionsPerSecond", result.questionsPerSecond(),
            "chainPerSecond", result.recordsPerSecond(),
            "throughputRatio", result.throughputRatio(),
            "medianMilliseconds", result.questionLatency(),
            "chainMedianMilliseconds", result.recordLatency(),
            "latencyRatio", result.latencyRatio()));
    table.row(
        guarantee,
        decimal("%.0f", result.questionsPerSecond()),
        decimal("%.0f", result.recordsPerSecond()),
        decimal("%.2f", result.throughputRatio()),
        decimal("%.1f", result.questionLatency()),
        decimal("%.1f", result.recordLatency()),
        decimal("%.2f", result.latencyRatio()));
  }

  private static String decimal(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
