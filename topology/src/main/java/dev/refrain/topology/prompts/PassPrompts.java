package dev.refrain.topology.prompts;

import dev.refrain.connectors.house.TwoPassExercise;
import dev.refrain.connectors.house.TwoPassExercise.Glance;
import dev.refrain.processors.packing.ContextPacker;
import dev.refrain.processors.packing.PackedContext;
import dev.refrain.processors.packing.PackingSettings;
import dev.refrain.processors.packing.PassPrompt;
import dev.refrain.processors.packing.ReadingSettings;
import dev.refrain.processors.packing.TokenCounter;
import dev.refrain.processors.question.Candidate;
import dev.refrain.processors.question.PendingQuestion;
import dev.refrain.processors.question.Question;
import dev.refrain.processors.question.Route;
import dev.refrain.processors.retrieval.Hit;
import dev.refrain.processors.retrieval.Passage;
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
 * The prompts of both passes over an exercise, made by the topology's own {@link PassPrompt}. Safe
 * for use by many threads.
 *
 * @param settings what the model is asked
 * @param packing how passages are packed, with room for all that an exercise shows
 * @param prompts makes the prompts
 */
record PassPrompts(ReadingSettings settings, PackingSettings packing, PassPrompt prompts) {
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
    PackingSettings roomy =
        new PackingSettings(
            packing.overflow(),
            packing.order(),
            Math.max(MOST_PASSAGES, packing.maxPassages()),
            packing.passage());
    ContextPacker packer = new ContextPacker(roomy, tokens, settings.promptBudget());
    return new PassPrompts(settings.reading(), roomy, new PassPrompt(settings.reading(), packer));
  }

  /** The question in a reading pass over what a pass is shown. */
  PendingQuestion reading(TwoPassExercise exercise, Glance glance) {
    String id = Long.toString(exercise.number());
    Question question =
        new Question(id, exercise.question(), "qa", NOW, NOW.plus(Duration.ofDays(1)), Map.of());
    List<Hit> hits =
        IntStream.range(0, glance.articles().size()).mapToObj(i -> hit(glance, i)).toList();
    return PendingQuestion.of(question, null).withContext("", hits);
  }

  /** The question in a pass that chooses among candidates over what the second pass is shown. */
  PendingQuestion choosing(TwoPassExercise exercise, List<Candidate> candidates) {
    return reading(exercise, exercise.second()).recurse(Route.TEXTUAL, candidates);
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
}
