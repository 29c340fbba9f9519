package dev.refrain.topology.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code refrain evaluate}: how good it is; so far of retrieval alone. */
@Command(
    name = "evaluate",
    description = "Measure how good it is.",
    subcommands = EvaluateRetrievalCommand.class,
    footerHeading = "%nExamples:%n",
    footer =
        "  refrain evaluate retrieval --corpus corpus.jsonl.gz --queries queries.tsv --qrels qrels.txt")
final class EvaluateCommand implements Callable<Integer> {
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
