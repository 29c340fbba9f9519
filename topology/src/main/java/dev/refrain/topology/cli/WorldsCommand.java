package dev.refrain.topology.cli;

import dev.refrain.connectors.house.InventedCorpus;
import dev.refrain.connectors.house.prose.ProseExercises;
import dev.refrain.connectors.house.worlds.Exercises;
import dev.refrain.connectors.house.worlds.Split;
import dev.refrain.connectors.house.worlds.Worlds;
import dev.refrain.topology.quickstart.AlmanacNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code refrain worlds}: writes a corpus that no model has read, with questions. */
@Command(
    name = "worlds",
    description = {
      "Write invented articles and questions about them, with answers.",
      "No model can have read them, so they are fit to set thresholds by."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  refrain worlds --out worlds",
      "  refrain index worlds/corpus.jsonl --out worlds/index",
      "  refrain evaluate --index worlds/index --questions worlds/questions.jsonl --baselines"
    })
final class WorldsCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      required = true,
      description = "Folder for corpus.jsonl and questions.jsonl.")
  private Path out = Path.of("");

  @Option(
      names = "--exercises",
      paramLabel = "N",
      description =
          "Groups of one to three articles with up to four questions (default: ${DEFAULT-VALUE}).")
  private int exercises = 400;

  @Option(
      names = "--corpus",
      paramLabel = "FILE",
      description = {
        "Tell not of invented worlds but of this plain English, with other names:",
        "JSON lines with title and text, .gz or not."
      })
  private @Nullable Path corpus;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description =
          "Decides everything; the house model was trained with 1 (default: ${DEFAULT-VALUE}).")
  private long seed = 2;

  @Override
  public Integer call() throws IOException {
    Exercises source =
        corpus == null
            ? new Worlds(seed, Split.HELD_OUT_NAMES, AlmanacNames.read())
            : ProseExercises.read(corpus, List.of(), seed, AlmanacNames.read());
    int questions = new InventedCorpus(source, exercises).write(out);
    common.output().line("%s holds the articles and %,d questions.".formatted(out, questions));
    return 0;
  }
}
