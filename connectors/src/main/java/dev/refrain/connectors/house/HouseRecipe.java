package dev.refrain.connectors.house;

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
 * @param course what is read
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
    Course course,
    long seed) {
  private static final int HEAD_SIZE = 32;
  private static final int CONTEXT = 640;
  private static final double KEY_SMEAR = 0.7;

  /** What a model reads in its training. */
  public enum Course {
    /** Articles, from a short one to several long ones: for a model that knows nothing. */
    ARTICLES,
    /** Single sentences as well, as a first pass sees them: for a model that reads articles. */
    EXCERPTS
  }

  /** The recipe of the house model that comes with Refrain, up to where it reads articles. */
  public static HouseRecipe standard() {
    return new HouseRecipe(12_000, 4096, 192, 5, 16_000, 2, 1024, 0.5, 2e-3, Course.ARTICLES, 1);
  }

  /** The recipe of what comes after it: shorter, gentler, and of excerpts. */
  public static HouseRecipe finishing() {
    return new HouseRecipe(12_000, 4096, 192, 5, 8_000, 2, 1024, 0.5, 6e-4, Course.EXCERPTS, 2);
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
        course,
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
        course,
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
    return switch (course) {
      case ARTICLES -> Curriculum.ofArticles();
      case EXCERPTS -> Curriculum.ofExcerpts();
    };
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
