package dev.refrain.topology.prompts;

import dev.refrain.connectors.house.ReadingFormat;
import dev.refrain.connectors.house.TwoPassExercise;
import dev.refrain.connectors.house.TwoPassExercise.Glance;
import dev.refrain.processors.packing.PackedContext;
import dev.refrain.processors.packing.PackingSettings;
import dev.refrain.processors.packing.PassPrompt;
import dev.refrain.processors.packing.TokenCounter;
import dev.refrain.processors.question.Candidate;
import dev.refrain.processors.question.PendingQuestion;
import dev.refrain.processors.question.Question;
import dev.refrain.processors.question.Route;
import dev.refrain.processors.retrieval.Hit;
import dev.refrain.processors.retrieval.Passage;
import dev.refrain.processors.work.AnswerSpans;
import dev.refrain.topology.QaSettings;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.serve.StageSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The prompts of an exercise's passes, made by the topology's own {@link PassPrompt}. Safe for use
 * by many threads.
 *
 * @param settings of a question's way, with room for all that an exercise shows
 * @param prompts makes the prompts
 */
record PassPrompts(QaSettings settings, PassPrompt prompts) {
  private static final int MOST_PASSAGES = 2;

  /** When every question is asked; no time passes here. */
  static final Instant NOW = Instant.EPOCH;

  /**
   * The prompts that a configuration makes.
   *
   * @param context the model's context less the longest soft prompt, tokens
   */
  static PassPrompts of(Configuration configuration, int context, TokenCounter tokens) {
    QaSettings settings = StageSettings.of(configuration, context);
    PackingSettings packing = settings.packing();
    QaSettings roomy =
        settings.withPacking(
            new PackingSettings(
                packing.overflow(),
                packing.order(),
                Math.max(MOST_PASSAGES, packing.maxPassages()),
                packing.passage()));
    return new PassPrompts(roomy, roomy.passPrompt(tokens));
  }

  /** The question in its first pass. */
  PendingQuestion first(TwoPassExercise exercise) {
    return pending(exercise, exercise.first());
  }

  /** The question in a second pass that reads what was retrieved again. */
  PendingQuestion readingAgain(TwoPassExercise exercise) {
    return pending(exercise, exercise.second()).recurse(Route.RE_RETRIEVE, List.of());
  }

  /** The question in a second pass that chooses among candidates. */
  PendingQuestion choosing(TwoPassExercise exercise, List<Candidate> candidates) {
    return pending(exercise, exercise.second()).recurse(Route.TEXTUAL, candidates);
  }

  private static PendingQuestion pending(TwoPassExercise exercise, Glance glance) {
    String id = Long.toString(exercise.number());
    Question question =
        new Question(id, exercise.question(), "qa", NOW, NOW.plus(Duration.ofDays(1)), Map.of());
    List<Hit> hits =
        IntStream.range(0, glance.articles().size()).mapToObj(i -> hit(glance, i)).toList();
    return PendingQuestion.of(question, null).withContext("", hits);
  }

  private static Hit hit(Glance glance, int place) {
    Passage passage =
        new Passage(
            Integer.toString(place),
            glance.articles().get(place).title(),
            glance.articles().get(place).text());
    return new Hit(passage, 1.0 / (1 + place));
  }

  /** The packed prompt; empty if it does not fit or there is no candidate to choose. */
  Optional<PackedContext> pack(PendingQuestion pending) {
    return prompts.pack(pending);
  }

  /**
   * What a pass shall say after its prompt: the answer, or that it is not there, as where the
   * sentences shown do not tell it.
   *
   * @param answer empty where nothing tells it
   * @return empty where the answer is shown but the pass may not say it
   */
  static Optional<String> target(PackedContext packed, String answer) {
    if (answer.isEmpty() || !packed.prompt().contains(answer)) {
      return Optional.of(ReadingFormat.answer(""));
    }
    return maySay(packed, answer) ? Optional.of(ReadingFormat.answer(answer)) : Optional.empty();
  }

  private static boolean maySay(PackedContext packed, String answer) {
    AnswerSpans spans = packed.spans();
    return spans == null
        || spans.sources().stream()
            .map(source -> packed.prompt().substring(source.start(), source.end()))
            .anyMatch(source -> source.contains(answer));
  }
}
