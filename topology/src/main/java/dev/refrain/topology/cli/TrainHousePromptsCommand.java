package dev.refrain.topology.cli;

import dev.refrain.connectors.house.PlainEnglish;
import dev.refrain.connectors.house.TwoPassExercises;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.config.Preset;
import dev.refrain.topology.prompts.HousePrompts;
import dev.refrain.topology.prompts.HousePromptsRecipe;
import dev.refrain.topology.prompts.TunedPrompts;
import dev.refrain.topology.quickstart.AlmanacNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code refrain train house-prompts}: tunes the two soft prompts of a house model. */
@Command(
    name = "house-prompts",
    description = {
      "Tune the two soft prompts of a house model on exercises that it has never seen: one to read,",
      "one to choose among the candidates that the first one gives. The model does not change.",
      "Ctrl-C stops it with a checkpoint; the same command goes on from there."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  refrain train house-prompts --out prompts --corpus simplewiki.jsonl.gz",
      "  refrain train house-prompts --model house --out house --steps 200 --examples 1000"
    })
final class TrainHousePromptsCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "Folder of a house model (default: the one that comes with Refrain).")
  private @Nullable Path model;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      required = true,
      description = "Folder for reader.safetensors, chooser.safetensors and PROMPTS.md.")
  private Path out = Path.of("");

  @Option(
      names = "--corpus",
      paramLabel = "FILE",
      description = "Plain English to mix in: JSON lines with title and text, .gz or not.")
  private @Nullable Path corpus;

  @Option(
      names = "--length",
      paramLabel = "P",
      description = "Learned vectors of each prompt (default: ${DEFAULT-VALUE}).")
  private int length = 12;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps of the optimiser for each (default: ${DEFAULT-VALUE}).")
  private long steps = 400;

  @Option(
      names = "--learning-rate",
      paramLabel = "R",
      description = "Learning rate (default: ${DEFAULT-VALUE}).")
  private double learningRate = 0.03;

  @Option(
      names = "--examples",
      paramLabel = "N",
      description = "Examples that each is tuned on (default: ${DEFAULT-VALUE}).")
  private int examples = 4000;

  @Option(
      names = "--questions",
      paramLabel = "N",
      description = "Held-out questions that both are measured on (default: ${DEFAULT-VALUE}).")
  private int questions = 500;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Decides first vectors and exercises (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Processor threads; 0 for all (default: ${DEFAULT-VALUE}).")
  private int threads = 0;

  @Override
  public Integer call() throws IOException {
    HousePromptsRecipe recipe =
        new HousePromptsRecipe(length, steps, learningRate, examples, questions, seed);
    try (Shutdown _ = Shutdown.watch(Duration.ofSeconds(60))) {
      Optional<TunedPrompts> tuned = tune(recipe);
      if (tuned.isEmpty()) {
        common.output().line("Stopped; the same command goes on.");
        return 0;
      }
      HousePromptsPrinter printer = new HousePromptsPrinter(recipe, corpus, tuned.get());
      printer.write(out.resolve("PROMPTS.md"));
      printer.print(common.output(), out);
    }
    return 0;
  }

  private Optional<TunedPrompts> tune(HousePromptsRecipe recipe) throws IOException {
    Configuration configuration = common.loadWithModel(List.of(), preset()).configuration();
    Path folder = configuration.model().requiredFolder();
    if (model != null && !model.equals(folder)) {
      throw common.wrongUsage(
          "--model is %s, the configuration names %s: name one of them.".formatted(model, folder));
    }
    TwoPassExercises exercises =
        TwoPassExercises.read(seed, new PlainEnglish(corpus, List.of()), AlmanacNames.read());
    try (HousePromptsBars bars = new HousePromptsBars()) {
      return new HousePrompts(recipe, configuration, exercises, out, Processors.of(threads))
          .run(bars);
    }
  }

  private Supplier<Preset> preset() {
    Path named = model;
    return named == null
        ? HousePreset::make
        : () -> {
          try {
            return HousePreset.of(named);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
  }
}
