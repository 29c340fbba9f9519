package dev.refrain.topology.cli;

import dev.refrain.connectors.house.HouseRecipe;
import dev.refrain.connectors.house.HouseTraining;
import dev.refrain.connectors.house.PlainEnglish;
import dev.refrain.topology.quickstart.AlmanacNames;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code refrain train house}: trains a house model. */
@Command(
    name = "house",
    description = {
      "Train a small language model that reads, from nothing but its own texts.",
      "Ctrl-C stops it with a checkpoint; the same command goes on from there."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  refrain train house --out articles --corpus simplewiki.jsonl.gz",
      "  refrain train house --from articles --out house --corpus simplewiki.jsonl.gz \\",
      "    --questions nq-dpr-dev.jsonl triviaqa-dev.jsonl",
      "  refrain train house --out tiny --steps 300 --seed 7"
    })
final class TrainHouseCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      required = true,
      description = "Folder of the model.")
  private Path out = Path.of("");

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description = {
        "House model to go on with: it learns to read single sentences as well, which a first pass",
        "shows it."
      })
  private @Nullable Path from;

  @Option(
      names = "--corpus",
      paramLabel = "FILE",
      description = "Plain English to mix in: JSON lines with title and text, .gz or not.")
  private @Nullable Path corpus;

  @Option(
      names = "--questions",
      paramLabel = "FILE",
      arity = "1..*",
      description = {
        "Questions that people asked, to be mixed in where the corpus answers them: JSON lines with",
        "question and answers. Needs --corpus."
      })
  private List<Path> questions = List.of();

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps of the optimiser (default: those of the model that comes with Refrain).")
  private @Nullable Long steps;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Decides weights and texts (default: 1, and 2 where --from is given).")
  private @Nullable Long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Processor threads; 0 for all (default: ${DEFAULT-VALUE}).")
  private int threads = 0;

  @Override
  public Integer call() throws IOException {
    if (corpus == null && !questions.isEmpty()) {
      throw common.wrongUsage(
          "--questions is %s, but without --corpus nothing answers them: name a corpus as well."
              .formatted(questions));
    }
    PlainEnglish texts = new PlainEnglish(corpus, questions);
    HouseRecipe standard = from == null ? HouseRecipe.standard() : HouseRecipe.finishing();
    HouseRecipe seeded = seed == null ? standard : standard.withSeed(seed);
    HouseRecipe recipe = steps == null ? seeded : seeded.withSteps(steps);
    try (Shutdown _ = Shutdown.watch(Duration.ofSeconds(60));
        TrainingBar bar = TrainingBar.of("Training", recipe.steps())) {
      boolean finished =
          new HouseTraining(recipe, from, texts, AlmanacNames.read(), out, Processors.of(threads))
              .run(bar);
      common.output().line(bar.ending(finished, "The model is in " + out + "."));
    }
    return 0;
  }
}
