package dev.refrain.topology.cli;

import dev.refrain.topology.bench.SoakBench;
import dev.refrain.topology.bench.SoakResult;
import dev.refrain.topology.config.ModelConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code refrain bench soak}: does the engine's memory grow? */
@Command(
    name = "soak",
    description = {
      "Keep the engine at full load and see whether its memory grows.",
      "More requests than fit are in flight at all times: short and long prompts, a soft prompt,",
      "samples of one prompt, answers held to spans, deadlines, cancellations, requests that can",
      "never fit. Ctrl-C ends it with the figures so far."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  refrain bench soak",
      "  refrain bench soak --minutes 5 --model llama --json",
      "  refrain bench soak --set model.engine.maxSequences=16"
    })
final class BenchSoakCommand implements Callable<Integer> {
  private static final int MILLISECONDS = 60_000;

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--minutes", description = "How long (default: ${DEFAULT-VALUE}).")
  private double minutes = 60;

  @Option(names = "--seed", description = "Decides the requests (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "DIR",
      description = "Hugging Face folder of the model (default: model.folder, or the house model).")
  private @Nullable Path model;

  @Override
  public Integer call() throws InterruptedException {
    if (!(minutes * MILLISECONDS >= 1)) {
      throw common.wrongUsage("--minutes is %s, must be above 0.".formatted(minutes));
    }
    List<String> flags = model == null ? List.of() : List.of("model.folder=" + model);
    ModelConfig config = common.loadWithModel(flags).configuration().model();
    Duration length = Duration.ofMillis((long) (minutes * MILLISECONDS));
    SoakBench bench = new SoakBench(config.settings(Processors.of(config.threads())), length, seed);
    try (Shutdown shutdown = Shutdown.watch(Duration.ofSeconds(60))) {
      SoakResult result;
      try (SoakBar bar = new SoakBar(length)) {
        result = bench.run(config.requiredFolder(), bar);
      }
      SoakPrinter.print(common.output(), result);
      if (shutdown.asked()) {
        throw new InterruptedException();
      }
    }
    return 0;
  }
}
