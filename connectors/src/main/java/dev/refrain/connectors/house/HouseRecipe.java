package dev.refrain.connectors.house;

import dev.refrain.connectors.house.worlds.Stage;
import dev.refrain.connectors.training.Schedule;
import dev.refrain.connectors.training.TrainingSettings;
import dev.refrain.gpuworkers.model.Architecture;
import dev.refrain.gpuworkers.model.ModelConfig;
import java.util.List;

/**
 * Everything that decides a house model.
 *
 * @param tokenizerTexts exercises that the tokenizer is learnt from
 * @param vocabularySize V, most tokens of the vocabulary
 * @param hiddenSize C
 * @param numLayers decoder layers
 * @param steps of the optimiser
 * @param microBatches gradients added up for a step
 * @param tokensPerMicroBatch positions of a micro-batch, about
 * @param proseShare share of the exercises that come from plain English, where there is any
 * @param learningRate highest learning rate
 * @param seed decides weights and texts
 */
public record HouseRecipe(
    int tokenizerTexts,
    int vocabularySize,
    int hiddenSize,
    int numLayers,
    long steps,
    int microBatches,
    int tokensPerMicroBatch,
    double proseShare,
    double learningRate,
    long seed) {
  private static final int HEAD_SIZE = 32;
  private static final int CONTEXT = 640;
  private static final double KEY_SMEAR = 0.7;

  /** The recipe of the house model that comes with Refrain. */
  public static HouseRecipe standard() {
    return new HouseRecipe(12_000, 4096, 192, 5, 16_000, 2, 1024, 0.5, 2e-3, 1);
  }

  /** The same with another number of steps, for a shorter or longer training. */
  public HouseRecipe withSteps(long other) {
    return new HouseRecipe(
        tokenizerTexts,
        vocabularySize,
        hiddenSize,
        numLayers,
        other,
        microBatches,
        tokensPerMicroBatch,
        proseShare,
        learningRate,
        seed);
  }

  /** The same with another seed. */
  public HouseRecipe withSeed(long other) {
    return new HouseRecipe(
        tokenizerTexts,
        vocabularySize,
        hiddenSize,
        numLayers,
        steps,
        microBatches,
        tokensPerMicroBatch,
        proseShare,
        learningRate,
        other);
  }

  ModelConfig shape(int vocabulary, int bos, int eos) {
    int heads = hiddenSize / HEAD_SIZE;
    return new ModelConfig(
        vocabulary,
        hiddenSize,
        2 * hiddenSize,
        numLayers,
        heads,
        heads,
        HEAD_SIZE,
        CONTEXT,
        true,
        bos,
        List.of(eos),
        Architecture.smearedLlama(1e-5, 10_000, KEY_SMEAR));
  }

  Curriculum curriculum() {
    return new Curriculum(
        List.of(
            new Curriculum.Lesson(0, new Stage(1, 1, 1, 1, 4), 80, 0.5),
            new Curriculum.Lesson(0.03, new Stage(1, 1, 1, 3, 8), 128, 0.5),
            new Curriculum.Lesson(0.12, new Stage(1, 2, 2, 4, 8), 208, 0.1),
            new Curriculum.Lesson(0.3, new Stage(1, 2, 2, 6, 10), 256, 0.05),
            new Curriculum.Lesson(0.6, new Stage(1, 3, 2, 7, 10), 320, 0.05)));
  }

  TrainingSettings training(int lanes) {
    return new TrainingSettings(
        steps,
        microBatches,
        lanes,
        new Schedule(learningRate, Math.min(200, steps / 10), Schedule.Decay.COSINE, 0.6, 0.02),
        new TrainingSettings.Adam(0.9, 0.98, 1e-8, 0.01),
        1);
  }
}
