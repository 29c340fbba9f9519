package dev.refrain.connectors.house;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.refrain.connectors.house.worlds.Exercise;
import dev.refrain.connectors.training.Loss;
import dev.refrain.connectors.training.Parameter;
import dev.refrain.connectors.training.TrainingOperations;
import dev.refrain.connectors.training.TrainingTask;
import dev.refrain.gpuworkers.model.DecoderModel;
import dev.refrain.gpuworkers.model.DifferentiableLm;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Learns to read: cross-entropy of the answers, and with a small weight of everything else, over
 * exercises of invented worlds. All weights of the model learn.
 *
 * @param model the model, not closed here
 * @param operations not closed here
 * @param sources where exercises come from
 * @param tokenizer gives the tokens of a text inside a sequence; safe for use by many threads
 * @param recipe what is read when
 * @param digest of all that decides the numbers, {@link #digest(HouseRecipe, TextSources, String)}
 */
record ReadingTask(
    DecoderModel model,
    TrainingOperations operations,
    TextSources sources,
    Function<String, int[]> tokenizer,
    HouseRecipe recipe,
    String digest)
    implements TrainingTask {

  /** Exercises that one row of a micro-batch may try until one fits. */
  private static final int TRIES = 64;

  @Override
  public List<Parameter> parameters() {
    List<NDArray> weights = model.weights();
    return IntStream.range(0, weights.size())
        .mapToObj(i -> Parameter.of("weight." + i, weights.get(i)))
        .toList();
  }

  static String digest(HouseRecipe recipe, TextSources sources, String start) {
    return "reading of %s by %s from %s, starting with %s"
        .formatted(recipe, recipe.curriculum(), sources.digest(), start);
  }

  @Override
  public Loss loss(NDManager manager, long number) {
    double done = (double) number / (recipe.steps() * recipe.microBatches());
    Curriculum.Lesson lesson = recipe.curriculum().lesson(done, number);
    int rows = Math.max(1, recipe.tokensPerMicroBatch() / lesson.length());
    ReadingTargets targets = new ReadingTargets(rows, lesson);
    for (int row = 0; row < rows; row++) {
      targets.add(
          row, sequence(number * recipe.tokensPerMicroBatch() + (long) row * TRIES, lesson));
    }
    return loss(manager, targets);
  }

  private ReadingSequence sequence(long first, Curriculum.Lesson lesson) {
    int bos = model.config().bosTokenId() == null ? 0 : model.config().bosTokenId();
    for (long number = first; number < first + TRIES; number++) {
      Exercise exercise = lesson.of(sources).exercise(number, lesson.stage());
      ReadingSequence sequence = new ReadingSequence(tokenizer, lesson.length());
      if (sequence.write(
          bos, exercise, lesson.announced(), new SplittableRandom(recipe.seed() ^ ~number))) {
        return sequence;
      }
    }
    throw new IllegalStateException(
        "no exercise of %s fits %d tokens".formatted(lesson.stage(), lesson.length()));
  }

  private Loss loss(NDManager manager, ReadingTargets targets) {
    DifferentiableLm lm = model.differentiable();
    NDArray embeddings = lm.embed(manager, targets.ids(manager)); // [B, T, C]
    NDArray hidden = lm.hiddenStates(embeddings); // [B, T, C]
    NDArray chosen = operations.choose(hidden, targets.index(manager)); // [1, N, C]
    NDArray sum =
        operations.crossEntropy(
            lm.logits(chosen), targets.tokens(manager), targets.weights(manager));
    return new Loss(sum, targets.totalWeight(), targets.positions());
  }
}
