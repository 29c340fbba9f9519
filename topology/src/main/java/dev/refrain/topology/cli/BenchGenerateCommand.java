package dev.refrain.topology.cli;

import dev.refrain.gpuworkers.model.Precision;
import dev.refrain.topology.bench.GenerateBench;
import dev.refrain.topology.bench.Peers;
import dev.refrain.topology.bench.RandomModel;
import dev.refrain.topology.config.ModelConfig;
import dev.refrain.topology.serve.ScratchFolder;
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

/** {@code refrain bench generate}: generation beside the machine's limits and other engines. */
@Command(
    name = "generate",
    description = {
      "Measure generation beside what the machine gives and beside other engines.",
      "On a model of the shape of SmolLM2-135M with random weights in float, which is written to a",
      "temporary folder (1.1 GB with peers), and on the configured model, which is the house model",
      "where none is named. All take turns in one run; about five minutes on two cores."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  refrain bench generate",
      "  refrain bench generate --quick --set model.threads=1",
      "  refrain bench generate --beside int8 --beside bf16",
      "  refrain bench generate --transformers venv/bin/python --rounds 5 --json"
    })
final class BenchGenerateCommand implements Callable<Integer> {
  private static final int PROMPT_TOKENS = 512;
  private static final int NEW_TOKENS = 64;
  private static final int QUICK_NEW_TOKENS = 8;

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--rounds", description = "Turns of everything (default: ${DEFAULT-VALUE}).")
  private int rounds = 3;

  @Option(
      names = "--quick",
      description = "One round with few tokens on a tiny random model, to see that all of it runs.")
  private boolean quick;

  @Option(
      names = "--peers",
      paramLabel = "DIR",
      description = "Libraries of other engines (default: ${DEFAULT-VALUE}).")
  private Path peers = Path.of("topology", "target", "peers", "lib");

  @Option(
      names = "--transformers",
      paramLabel = "PYTHON",
      description = "Interpreter that has transformers and torch (default: none).")
  private @Nullable String python;

  @Option(
      names = "--beside",
      paramLabel = "PRECISION",
      description = {
        "Refrain in another precision, too, taking turns: bf16 or int8; may be repeated."
      })
  private List<Precision> beside = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    ModelConfig config = common.loadWithModel(List.of()).configuration().model();
    Output output = common.output();
    GenerateBench bench =
        new GenerateBench(
            config.settings(Processors.of(config.threads())),
            new GenerateBench.Sizes(
                PROMPT_TOKENS, quick ? QUICK_NEW_TOKENS : NEW_TOKENS, quick ? 1 : rounds),
            beside);
    RandomModel random = quick ? RandomModel.TINY : RandomModel.SMOLLM2_135M;
    try (Shutdown _ = Shutdown.watch(Duration.ofSeconds(30));
        ScratchFolder scratch = ScratchFolder.make("refrain-bench")) {
      GenerateBenchPrinter.print(
          output, bench.run(random, new Peers(peers, python), scratch.path(), output::remark));
      GenerateBenchPrinter.print(
          output, bench.run("configured", config.requiredFolder(), scratch.path(), output::remark));
    }
    return 0;
  }
}
