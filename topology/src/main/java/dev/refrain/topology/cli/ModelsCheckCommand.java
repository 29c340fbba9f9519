package dev.refrain.topology.cli;

import dev.refrain.gpuworkers.check.ModelCheck;
import dev.refrain.gpuworkers.model.EngineSettings;
import dev.refrain.topology.config.Configuration;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code refrain models check}: can Refrain use this model, and what does it take? */
@Command(
    name = "check",
    description = {
      "Say what a model folder holds, what Refrain can use it for, why not, and what it takes:",
      "decoders, which answer, and encoders, encoder-decoders and sentence-transformers folders.",
      "Exit code 1 where it cannot be loaded. Loads no weights, but reads them for the digest.",
      "Memory of a decoder is that of model.precision on the first of model.devices."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  refrain models check models/llama",
      "  refrain models check models/all-MiniLM-L6-v2",
      "  refrain models check HuggingFaceTB/SmolLM2-135M-Instruct --json",
      "  refrain models check models/llama --set model.precision=int8"
    })
final class ModelsCheckCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      paramLabel = "MODEL",
      description = "A Hugging Face folder, or ORG/NAME[@REVISION] of a pulled model.")
  private String model = "";

  @Override
  public Integer call() {
    Configuration configuration = common.load(List.of()).configuration();
    Path folder = PulledModels.folder(model, configuration).orElse(Path.of(model));
    ModelCheck check = ModelCheck.of(folder);
    EngineSettings settings = configuration.model().settings(1);
    ModelPrinter.print(common.output(), check, settings);
    return check.usable() ? 0 : 1;
  }
}
