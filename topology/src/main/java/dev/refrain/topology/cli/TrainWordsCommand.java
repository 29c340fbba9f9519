package dev.refrain.topology.cli;

import dev.refrain.connectors.words.WordVectorRecipe;
import dev.refrain.connectors.words.WordVectorTraining;
import dev.refrain.topology.quickstart.AlmanacNames;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code refrain train words}: trains word vectors. */
@Command(
    name = "words",
    description = {
      "Train word vectors, which tell words of like meaning, from nothing but a corpus.",
      "Ctrl-C stops it and leaves what is there as it is."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  refrain train words --corpus simplewiki.jsonl.gz --out words.safetensors",
      "  refrain train words --corpus ours.jsonl --out ours.safetensors --size 48 --epochs 10"
    })
final class TrainWordsCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--corpus",
      paramLabel = "FILE",
      required = true,
      description = "Plain English: JSON lines with title and text, .gz or not.")
  private Path corpus = Path.of("");

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      required = true,
      description = "The word vectors, a safetensors file.")
  private Path out = Path.of("");

  @Option(
      names = "--size",
      paramLabel = "D",
      description = "Numbers of a vector (default: ${DEFAULT-VALUE}).")
  private int size = WordVectorRecipe.STANDARD.size();

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "How often the corpus is read (default: ${DEFAULT-VALUE}).")
  private int epochs = WordVectorRecipe.STANDARD.epochs();

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Decides first vectors and draws (default: ${DEFAULT-VALUE}).")
  private long seed = WordVectorRecipe.STANDARD.seed();

  @Override
  public Integer call() throws IOException {
    WordVectorRecipe recipe = new WordVectorRecipe(size, epochs, seed);
    WordVectorTraining training = new WordVectorTraining(recipe, corpus, AlmanacNames.read());
    try (Shutdown _ = Shutdown.watch(Duration.ofSeconds(60));
        TrainingBar bar = TrainingBar.of("Training", recipe.steps())) {
      boolean finished = training.run(out, bar);
      common
          .output()
          .line(finished ? "The word vectors are " + out + "." : "Stopped; nothing is written.");
    }
    return 0;
  }
}
