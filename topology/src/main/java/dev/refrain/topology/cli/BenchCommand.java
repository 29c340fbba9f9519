package dev.refrain.topology.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code refrain bench}: measures Refrain beside what it could cost at least. */
@Command(
    name = "bench",
    description = "Measure Refrain beside what it could cost at least; ratios from one run.",
    subcommands = {
      BenchPipelineCommand.class,
      BenchIndexCommand.class,
      BenchStartCommand.class,
      BenchGenerateCommand.class,
      BenchSoakCommand.class,
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  refrain bench pipeline --model llama",
      "  refrain bench index --corpus wiki.jsonl.gz",
      "  refrain bench start --model llama",
      "  refrain bench generate",
      "  refrain bench soak"
    })
final class BenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin
  @SuppressWarnings("UnusedVariable") // picocli reads it.
  private CommonOptions common = new CommonOptions();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return CommandLine.ExitCode.USAGE;
  }
}
