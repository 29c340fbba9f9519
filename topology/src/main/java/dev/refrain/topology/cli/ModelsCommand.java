package dev.refrain.topology.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code refrain models}: fetches, lists and checks language models. */
@Command(
    name = "models",
    description = "Fetch language models from a hub, list those that are there, check one.",
    subcommands = {ModelsPullCommand.class, ModelsListCommand.class, ModelsCheckCommand.class},
    footerHeading = "%nExamples:%n",
    footer = {
      "  refrain models pull HuggingFaceTB/SmolLM2-135M-Instruct",
      "  refrain models list",
      "  refrain models check models/smollm"
    })
final class ModelsCommand implements Callable<Integer> {
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
