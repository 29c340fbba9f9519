package dev.refrain.topology.cli;

import dev.refrain.connectors.prompt.Examples;
import dev.refrain.connectors.prompt.PromptTraining;
import dev.refrain.connectors.prompt.PromptTuningSettings;
import dev.refrain.gpuworkers.generate.LanguageModel;
import dev.refrain.gpuworkers.model.EngineSettings;
import dev.refrain.topology.config.ModelConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code refrain train prompt}: tunes a soft prompt in front of a frozen model. */
@Command(
    name = "prompt",
    description = {
      "Tune a soft prompt: learned vectors in front of a frozen model, which does not change.",
      "Ctrl-C stops it with a checkpoint; the same command goes on from there."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  refrain train prompt --model llama --examples pairs.jsonl --out reader.safetensors",
      "  refrain train prompt --model llama --examples pairs.jsonl --out p.safetensors \\",
      "      --length 100 --steps 2000 --learning-rate 0.1 --seed 7",
      "",
      "A line of the examples: {\"input\": \"Question: ...\\n Answer:\", \"target\": \" Paris\\n\"}"
    })
final class TrainPromptCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "A Hugging Face folder, or ORG/NAME[@REVISION] of a pulled model.")
  private @Nullable Path model;

  @Option(
      names = "--examples",
      paramLabel = "FILE",
      required = true,
      description = "JSON lines with input and target.")
  private Path examples = Path.of("");

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      required = true,
      description = "The soft prompt, a safetensors file.")
  private Path out = Path.of("");

  @Option(
      names = "--length",
      paramLabel = "P",
      description = "Learned vectors (default: ${DEFAULT-VALUE}).")
  private int length = 20;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps of the optimiser (default: ${DEFAULT-VALUE}).")
  private long steps = 1000;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Examples of a step and thread (default: ${DEFAULT-VALUE}).")
  private int batch = 16;

  @Option(
      names = "--learning-rate",
      paramLabel = "R",
      description = "Learning rate (default: ${DEFAULT-VALUE}).")
  private double learningRate = 0.03;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Decides first vectors and order (default: ${DEFAULT-VALUE}).")
  private long seed = 0;

  @Override
  public Integer call() throws IOException {
    List<String> flags = model == null ? List.of() : List.of("model.folder=" + model);
    ModelConfig config = common.loadWithModel(flags).configuration().model();
    int threads = Processors.of(config.threads());
    PromptTraining training =
        new PromptTraining(
            new PromptTuningSettings(length, batch, seed), steps, learningRate, threads, threads);
    try (Shutdown _ = Shutdown.watch(Duration.ofSeconds(60));
        LanguageModel frozen = LanguageModel.load(config.requiredFolder(), new EngineSettings(1));
        TrainingBar bar = TrainingBar.of("Tuning", steps)) {
      String name = String.valueOf(examples.getFileName());
      boolean finished = training.run(frozen, Examples.read(examples), name, out, bar);
      common.output().line(bar.ending(finished, "The soft prompt is " + out + "."));
    }
    return 0;
  }
}
