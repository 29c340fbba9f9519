package dev.refrain.topology.cli;

import dev.refrain.gpuworkers.model.ModelFolder;
import dev.refrain.gpuworkers.tokenizer.Tokenizer;
import dev.refrain.processors.retrieval.LuceneRetriever;
import dev.refrain.topology.bench.InstantRetriever;
import dev.refrain.topology.bench.PipelineBench;
import dev.refrain.topology.bench.PipelineResult;
import dev.refrain.topology.broker.Cluster;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.quickstart.Quickstart;
import dev.refrain.topology.serve.ScratchFolder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
      "Measure the complete topology with instantaneous workers beside a bare Kafka Streams chain.",
      "The chain writes as many records and bytes over as many topic hops, decisions and changelogs",
      "included, on the same embedded broker. Once with a retriever and a token counter that take no",
      "time, once with Lucene and the model's tokenizer."
    },
    footerHeading = "%nExamples:%n",
    footer = "  refrain bench pipeline --model llama --burst 5000")
final class BenchPipelineCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private FolderOptions folders = new FolderOptions();

  @Option(
      names = "--warm-ups",
      description = "Bursts of both sides before anything is measured (default: ${DEFAULT-VALUE}).")
  private int warmUps = 3;

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

  @Option(names = "--reading", description = "instant or real (default: one after the other).")
  private List<String> chosen = List.of("instant", "real");

  @Override
  public Integer call() throws IOException, InterruptedException {
    Output output = common.output();
    Table table =
        Table.headed(
            "guarantee",
            "reading",
            "questions/s",
            "chain/s",
            "ratio",
            "cpu us",
            "chain cpu us",
            "ms",
            "chain ms",
            "ratio ");
    try (Shutdown _ = Shutdown.watch(Duration.ofSeconds(30));
        ScratchFolder scratch = ScratchFolder.make("refrain-bench")) {
      Quickstart corpus = new Quickstart(scratch.path());
      corpus.prepare();
      Configuration embedded =
          common.loadWithModel(settings(scratch, corpus, List.of())).configuration();
      ModelFolder model = ModelFolder.open(embedded.model().requiredFolder());
      try (Cluster cluster = Cluster.open(embedded.kafka(), embedded.broker());
          Tokenizer tokenizer = Tokenizer.open(model);
          LuceneRetriever retriever =
              LuceneRetriever.open(corpus.index(), embedded.retrieval().bm25())) {
        InstantRetriever instant =
            new InstantRetriever(retriever.retrieve("the capital of a country", 20));
        Map<String, PipelineBench.Reading> readings = new LinkedHashMap<>();
        readings.put("instant", new PipelineBench.Reading(instant, text -> text.length() / 2));
        readings.put("real", new PipelineBench.Reading(retriever, tokenizer::count));
        readings.keySet().retainAll(chosen);
        for (String guarantee : guarantees) {
          for (Map.Entry<String, PipelineBench.Reading> reading : readings.entrySet()) {
            String name = guarantee + "-" + reading.getKey();
            Configuration configuration =
                common
                    .loadWithModel(settings(scratch, corpus, own(cluster, guarantee, name)))
                    .configuration();
            PipelineResult result =
                new PipelineBench(
                        configuration,
                        cluster,
                        new PipelineBench.Sizes(warmUps, burst, singles, rounds))
                    .run(reading.getValue(), done -> output.remark(name + ": " + done));
            print(output, table, List.of(guarantee, reading.getKey()), result);
          }
        }
      }
    }
    output.table(table);
    return 0;
  }

  private static List<String> own(Cluster cluster, String guarantee, String name) {
    return List.of(
        "kafka.bootstrapServers=" + cluster.bootstrapServers(),
        "stream.guarantee=" + guarantee,
        "stream.applicationId=bench-" + name,
        "workers.lm.maxInFlight=500",
        "workers.lm.consumers=2",
        "topics.prefix=" + name + ".");
  }

  private List<String> settings(ScratchFolder scratch, Quickstart corpus, List<String> own) {
    List<String> settings = new ArrayList<>(scratch.settings());
    settings.add("retrieval.index=" + corpus.index());
    settings.addAll(own);
    return folders.settings(settings);
  }

  private static void print(Output output, Table table, List<String> names, PipelineResult result) {
    output.value(
        Map.of(
            "guarantee", names.get(0),
            "reading", names.get(1),
            "questionsPerSecond", result.questionsPerSecond(),
            "chainPerSecond", result.recordsPerSecond(),
            "throughputRatio", result.throughputRatio(),
            "processorMicroseconds", result.questionProcessorMicroseconds(),
            "chainProcessorMicroseconds", result.recordProcessorMicroseconds(),
            "medianMilliseconds", result.questionLatency(),
            "chainMedianMilliseconds", result.recordLatency(),
            "latencyRatio", result.latencyRatio()));
    table.row(
        names.get(0),
        names.get(1),
        decimal("%.0f", result.questionsPerSecond()),
        decimal("%.0f", result.recordsPerSecond()),
        decimal("%.2f", result.throughputRatio()),
        decimal("%.0f", result.questionProcessorMicroseconds()),
        decimal("%.0f", result.recordProcessorMicroseconds()),
        decimal("%.1f", result.questionLatency()),
        decimal("%.1f", result.recordLatency()),
        decimal("%.2f", result.latencyRatio()));
  }

  private static String decimal(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
