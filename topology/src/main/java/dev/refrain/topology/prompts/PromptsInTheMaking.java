package dev.refrain.topology.prompts;

import dev.refrain.connectors.house.Fold;
import dev.refrain.connectors.house.HouseModel;
import dev.refrain.connectors.house.TwoPassExercise;
import dev.refrain.connectors.house.TwoPassExercise.Glance;
import dev.refrain.connectors.prompt.Examples;
import dev.refrain.connectors.prompt.PromptTraining;
import dev.refrain.connectors.prompt.SoftPrompt;
import dev.refrain.gpuworkers.generate.LanguageModel;
import dev.refrain.processors.question.Candidate;
import dev.refrain.processors.question.PendingQuestion;
import dev.refrain.processors.work.WorkRequests;
import dev.refrain.topology.config.ModelConfig;
import dev.refrain.topology.config.PromptsConfig;
import dev.refrain.topology.prompts.ExampleFile.Line;
import dev.refrain.topology.prompts.ExampleFile.Maker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The steps of {@link HousePrompts}; each is empty where it was stopped.
 *
 * @param wanted what is made
 * @param model the frozen model
 * @param prompts makes the prompts of both passes
 * @param listener is told how far it has come
 */
record PromptsInTheMaking(
    HousePrompts wanted, LanguageModel model, PassPrompts prompts, HousePromptsListener listener) {
  private static final int CHUNK = 32;

  /** The reader's prompt, tuned on first passes and on second ones that read again, in turn. */
  Optional<SoftPrompt> reader() throws IOException {
    return tuned(
        HouseModel.READER,
        "",
        (from, to) ->
            LongStream.range(from, to).mapToObj(this::reading).flatMap(Optional::stream).toList());
  }

  private Optional<Line> reading(long place) {
    TwoPassExercise exercise = wanted.exercises().exercise(Fold.READER, place);
    return place % 2 == 0
        ? line(place, exercise, prompts.first(exercise), exercise.first())
        : line(place, exercise, prompts.readingAgain(exercise), exercise.second());
  }

  /** The chooser's prompt, tuned on candidates that were made behind the reader's. */
  Optional<SoftPrompt> chooser(SoftPrompt reader) throws IOException {
    FirstPass firstPass = new FirstPass(requests(reader, null));
    try (ReaderPool pool = pool(new PromptsConfig(file(HouseModel.READER), null))) {
      return tuned(
          HouseModel.CHOOSER,
          reader.digest(),
          (from, to) ->
              pool.map(from, to, (place, one) -> choosing(place, firstPass, one)).stream()
                  .flatMap(Optional::stream)
                  .toList());
    }
  }

  private Optional<Line> choosing(long place, FirstPass firstPass, Reader reader) {
    TwoPassExercise exercise = wanted.exercises().exercise(Fold.CHOOSER, place);
    List<Candidate> candidates = firstPass.candidates(exercise, reader);
    return line(place, exercise, prompts.choosing(exercise, candidates), exercise.second());
  }

  private Optional<Line> line(
      long place, TwoPassExercise exercise, PendingQuestion pending, Glance glance) {
    return prompts
        .pack(pending)
        .flatMap(
            packed ->
                PassPrompts.target(packed, glance.answer())
                    .map(target -> new Line(place, exercise.number(), packed.prompt(), target)));
  }

  /** Makes the examples and tunes on them, unless the prompt is there already. */
  private Optional<SoftPrompt> tuned(String name, String madeBehind, Maker maker)
      throws IOException {
    PromptTraining training = wanted.recipe().training(wanted.threads());
    int size = wanted.recipe().examples();
    Path out = file(name);
    String origin =
        "%s, %s, %s, %s, %s"
            .formatted(
                model.digest(),
                madeBehind,
                prompts.settings().reading(),
                prompts.settings().packing(),
                wanted.exercises().digest());
    Optional<Examples> examples =
        ExampleFile.in(PromptTraining.folder(out), origin)
            .fill(size, maker, done -> listener.progress("Examples for " + name, done, size));
    if (examples.isEmpty()) {
      return Optional.empty();
    }
    String trainedOn =
        wanted.exercises().digest()
            + (madeBehind.isEmpty() ? "" : ", candidates behind " + madeBehind);
    boolean there =
        Files.exists(out)
            && SoftPrompt.read(out).card().equals(training.card(model, examples.get(), trainedOn))
            && SoftPrompt.read(out).length() == wanted.recipe().length();
    boolean finished =
        there
            || training.run(
                model,
                examples.get(),
                trainedOn,
                out,
                listener.tuning(name, wanted.recipe().steps()));
    return finished ? Optional.of(SoftPrompt.read(out)) : Optional.empty();
  }

  /** How good both are on the held-out fold. */
  Optional<List<PassScore>> scores(SoftPrompt reader, SoftPrompt chooser) {
    Measurement measurement =
        new Measurement(
            requests(null, null), requests(reader, chooser), new FirstPass(requests(reader, null)));
    int questions = wanted.recipe().questions();
    List<Measurement.Reading> readings = new ArrayList<>();
    try (ReaderPool pool =
        pool(new PromptsConfig(file(HouseModel.READER), file(HouseModel.CHOOSER)))) {
      for (long from = 0; from < questions; from += CHUNK) {
        long to = Math.min(questions, from + CHUNK);
        pool.map(
                from,
                to,
                (place, one) ->
                    measurement.of(wanted.exercises().exercise(Fold.HELD_OUT, place), one))
            .forEach(readings::addAll);
        listener.progress("Held-out questions", to, questions);
        if (Thread.interrupted()) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(Measurement.scores(readings));
  }

  private Path file(String name) {
    return wanted.folder().resolve(name);
  }

  private ReaderPool pool(PromptsConfig softPrompts) {
    ModelConfig model = wanted.configuration().model();
    ModelConfig config =
        new ModelConfig(
            model.requiredFolder(),
            1,
            0,
            model.precision(),
            model.devices(),
            model.engine(),
            softPrompts);
    return new ReaderPool(config, prompts, wanted.threads());
  }

  private WorkRequests requests(@Nullable SoftPrompt reader, @Nullable SoftPrompt chooser) {
    return new WorkRequests(
        model.digest(),
        "",
        new WorkRequests.Attachments(
            reader == null ? null : reader.digest(), chooser == null ? null : chooser.digest()));
  }
}
