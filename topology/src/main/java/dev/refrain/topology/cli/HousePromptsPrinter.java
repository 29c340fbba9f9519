package dev.refrain.topology.cli;

import dev.refrain.connectors.house.HouseModel;
import dev.refrain.connectors.house.TwoPassExercise.Telling;
import dev.refrain.connectors.prompt.SoftPrompt;
import dev.refrain.topology.prompts.HousePromptsRecipe;
import dev.refrain.topology.prompts.PassScore;
import dev.refrain.topology.prompts.TunedPrompts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prints what two prompts came to, and writes it down beside them.
 *
 * @param recipe what decided them
 * @param corpus plain English that was mixed in; null for none
 * @param tuned the prompts
 */
record HousePromptsPrinter(HousePromptsRecipe recipe, @Nullable Path corpus, TunedPrompts tuned) {

  void print(Output output, Path folder) {
    Table table =
        Table.headed("pass", "answer", "questions", "EM, plain", "EM, tuned", "among candidates");
    for (PassScore score : tuned.scores()) {
      table.row(
          name(score.pass()),
          name(score.telling()),
          score.questions(),
          share(score.plain()),
          share(score.tuned()),
          score.candidates() == null ? "-" : share(score.candidates()));
    }
    output.table(table);
    output.line("");
    output.line("The soft prompts are in " + folder + ".");
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("command", command());
    value.put("reader", prompt(tuned.reader()));
    value.put("chooser", prompt(tuned.chooser()));
    value.put("scores", tuned.scores());
    output.value(value);
  }

  private static Map<String, Object> prompt(SoftPrompt prompt) {
    return Map.of("digest", prompt.digest(), "length", prompt.length(), "card", prompt.card());
  }

  /** Writes the page that goes with the prompts, in Markdown. */
  void write(Path file) throws IOException {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # The soft prompts

        Tuned by Refrain in front of the frozen model: `%s` for a reading pass, `%s` for one that chooses among candidates.
        Candidates were sampled behind the first on exercises that it was not tuned on.

        | | |
        |---|---|
        | command | `%s` |
        | seed | %d |
        | vectors | %d each |
        | steps | %d each, learning rate %s |
        | examples | %d each, from %s |
        | model | `%s` |
        | reader | `%s` |
        | chooser | `%s` |

        Exact match on %d held-out questions; the second passes, reading again or choosing, see the same passages:

        | pass | answer | questions | plain | tuned | among candidates |
        |---|---|---|---|---|---|
        """
            .formatted(
                HouseModel.READER,
                HouseModel.CHOOSER,
                command(),
                recipe.seed(),
                recipe.length(),
                recipe.steps(),
                recipe.learningRate(),
                recipe.examples(),
                tuned.reader().card().trainedOn(),
                tuned.reader().card().modelDigest(),
                tuned.reader().digest(),
                tuned.chooser().digest(),
                recipe.questions()));
    for (PassScore score : tuned.scores()) {
      List<String> cells =
          List.of(
              name(score.pass()),
              name(score.telling()),
              Integer.toString(score.questions()),
              share(score.plain()),
              share(score.tuned()),
              score.candidates() == null ? "" : share(score.candidates()));
      page.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
    Files.writeString(file, page);
  }

  private String command() {
    String mixed = corpus == null ? "" : " --corpus " + corpus.getFileName();
    return "./refrain train house-prompts --out prompts%s --length %d --steps %d --learning-rate %s --examples %d --questions %d --seed %d"
        .formatted(
            mixed,
            recipe.length(),
            recipe.steps(),
            recipe.learningRate(),
            recipe.examples(),
            recipe.questions(),
            recipe.seed());
  }

  private static String name(PassScore.Pass pass) {
    return switch (pass) {
      case FIRST -> "first";
      case AGAIN -> "reading again";
      case CHOOSING -> "choosing";
    };
  }

  private static String name(@Nullable Telling telling) {
    return switch (telling) {
      case null -> "all";
      case TOLD -> "told in both passes";
      case FOUND_LATER -> "told in the second";
      case TWO_STEP -> "in two steps";
      case UNTOLD -> "not told";
    };
  }

  private static String share(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
