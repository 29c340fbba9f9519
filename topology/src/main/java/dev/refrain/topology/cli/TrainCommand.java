package dev.refrain.topology.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code refrain train}: trains what connects to a frozen model, the house model, and word vectors.
 */
@Command(
    name = "train",
    description =
        "Train what connects to a frozen model, the house model itself, and word vectors.",
    subcommands = {
      TrainPromptCommand.class,
      TrainHouseCommand.class,
      TrainHousePromptsCommand.class,
      TrainWordsCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  refrain train prompt --model llama --examples pairs.jsonl --out reader.safetensors",
      "  refrain train house --out house",
      "  refrain train house-prompts --model house --out house",
      "  refrain train words --corpus simplewiki.jsonl.gz --out words.safetensors"
    })
final class TrainCommand implements Callable<Integer> {
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
