package dev.refrain.connectors.house;

import dev.refrain.connectors.house.tokenizer.BytePairTraining;
import dev.refrain.connectors.house.tokenizer.BytePairVocabulary;
import dev.refrain.connectors.house.worlds.Article;
import dev.refrain.connectors.house.worlds.Asked;
import dev.refrain.connectors.house.worlds.Exercise;
import dev.refrain.connectors.house.worlds.Stage;
import dev.refrain.connectors.training.Checkpoint;
import dev.refrain.connectors.training.LossCurve;
import dev.refrain.connectors.training.Trainer;
import dev.refrain.connectors.training.TrainingListener;
import dev.refrain.connectors.training.TrainingOperations;
import dev.refrain.gpuworkers.model.DecoderModel;
import dev.refrain.gpuworkers.model.EngineSettings;
import dev.refrain.gpuworkers.model.Initialisation;
import dev.refrain.gpuworkers.model.ModelConfig;
import dev.refrain.gpuworkers.model.ModelWriter;
import dev.refrain.gpuworkers.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Trains a house model from nothing: learns a tokenizer, makes the texts, trains a decoder, writes
 * a Hugging Face folder. The same recipe gives the same model on the same kind of processor.
 *
 * @param recipe what decides the model
 * @param corpus plain English to mix in, JSON lines of title and text; null for none
 * @param banned names and words that must not be read, such as those of a corpus that the model is
 *     to be tried on
 * @param folder where it is written, with a checkpoint beside it while it is trained
 * @param threads processor threads; one lane of training each
 */
public record HouseTraining(
    HouseRecipe recipe, @Nullable Path corpus, Predicate<String> banned, Path folder, int threads) {
  /** Standard deviation of the first weights. */
  private static final double DEVIATION = 0.04;

  /** The tokenizer is learnt from other texts than those that are read. */
  private static final long TOKENIZER_SEED = 0x70c;

  private static final long CHECKPOINT_EVERY = 250;

  /**
   * Trains, or goes on with a training that was stopped.
   *
   * @return whether the model is finished
   * @throws IOException if the folder cannot be written
   */
  public boolean run(TrainingListener listener) throws IOException {
    TextSources sources = sources(recipe.seed());
    Checkpoint checkpoint = new Checkpoint(folder.resolve("checkpoint.safetensors"));
    if (checkpoint.exists()) {
      // Before anything in the folder is replaced.
      var unused =
          checkpoint.check(recipe.training(threads).digest(ReadingTask.digest(recipe, sources)));
    }
    BytePairVocabulary vocabulary =
        BytePairTraining.learn(
            texts(sources(recipe.seed() ^ TOKENIZER_SEED)), recipe.vocabularySize());
    vocabulary.write(folder);
    ModelConfig config =
        recipe.shape(vocabulary.size(), vocabulary.bosTokenId(), vocabulary.eosTokenId());
    EngineSettings engine = new EngineSettings(1);
    try (Tokenizer tokenizer = Tokenizer.within(folder.resolve("tokenizer.json"));
        TrainingOperations operations = new TrainingOperations();
        DecoderModel model =
            DecoderModel.untrained(config, new Initialisation(DEVIATION, recipe.seed()), engine);
        LossCurve curve = LossCurve.beside(folder)) {
      ReadingTask task = new ReadingTask(model, operations, sources, tokenizer::encode, recipe);
      try (Trainer trainer = new Trainer(task, recipe.training(threads), operations)) {
        boolean finished = trainer.train(checkpoint, CHECKPOINT_EVERY, curve.following(listener));
        ModelWriter.write(model, folder);
        return finished;
      }
    }
  }

  private TextSources sources(long seed) throws IOException {
    return TextSources.read(seed, corpus, banned, recipe.proseShare());
  }

  /** Texts of the kind that is read, made from a seed of their own. */
  private Stream<String> texts(TextSources sources) {
    Stage stage = new Stage(1, 3, 2, 5, 4);
    return LongStream.range(0, recipe.tokenizerTexts())
        .mapToObj(number -> text(sources.exercise(number, stage)));
  }

  private static String text(Exercise exercise) {
    StringBuilder text = new StringBuilder();
    for (Article article : exercise.articles()) {
      text.append(ReadingFormat.passage(article.title(), article.text()));
    }
    for (Asked asked : exercise.questions()) {
      text.append(ReadingFormat.question(asked.question()))
          .append(ReadingFormat.answer(asked.answer()));
    }
    return text.toString();
  }
}
