package dev.refrain.topology.cli;

import dev.refrain.gpuworkers.hub.ModelPull;
import dev.refrain.gpuworkers.hub.ModelReference;
import dev.refrain.gpuworkers.hub.PulledModel;
import dev.refrain.topology.config.HubConfig;
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
import picocli.CommandLine.Parameters;

/** {@code refrain models pull}: fetches a model from a hub. */
@Command(
    name = "pull",
    description = {
      "Fetch a model from a hub: what Refrain reads of it, checked against the hub's checksums.",
      "Ctrl-C stops it; the same command goes on where it was. Afterwards `--model ORG/NAME` names it."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  refrain models pull HuggingFaceTB/SmolLM2-135M-Instruct",
      "  HF_TOKEN=hf_... refrain models pull meta-llama/Llama-3.2-1B@main --out llama",
      "  HF_ENDPOINT=https://hub.example.com refrain models pull org/model --json",
      "  refrain models pull org/model --include \"*.json\" --include \"onnx/**\" --out model"
    })
final class ModelsPullCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      paramLabel = "ORG/NAME[@REVISION]",
      description = "The model; a branch, a tag or a commit (default: the branch main).")
  private String model = "";

  @Option(
      names = "--include",
      paramLabel = "GLOB",
      description = "Fetch these paths instead, ** crosses folders; may be repeated.")
  private List<String> include = new ArrayList<>();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      description = "Folder to make (default: ORG/NAME/COMMIT in hub.folder).")
  private @Nullable Path out;

  @Override
  public Integer call() throws IOException, InterruptedException {
    HubConfig hub = common.load(List.of()).configuration().hub();
    ModelReference reference =
        ModelReference.parse(model)
            .orElseThrow(
                () ->
                    common.wrongUsage(
                        "\"%s\" is not ORG/NAME or ORG/NAME@REVISION.".formatted(model)));
    try (Shutdown _ = Shutdown.watch(Duration.ofSeconds(10))) {
      PulledModel pulled = pull(hub, reference);
      common.output().value(pulled);
      ModelPrinter.print(
          common.output(), pulled, out == null ? reference.toString() : out.toString());
    }
    return 0;
  }

  private PulledModel pull(HubConfig hub, ModelReference reference)
      throws IOException, InterruptedException {
    try (PullBar bar = new PullBar(common.output())) {
      return new ModelPull(hub.settings(), hub.store(), bar).pull(reference, include, out);
    } catch (InterruptedException e) {
      common.output().remark("What has come is kept; the same command goes on where it was.");
      throw e;
    }
  }
}
