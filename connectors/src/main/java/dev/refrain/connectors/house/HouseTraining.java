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
import dev.refrain.gpuworkers.model.ModelFolder;
import dev.refrain.gpuworkers.model.ModelWriter;
import dev.refrain.gpuworkers.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Trains a house model: learns a tokenizer, makes the texts, trains a decoder, writes a Hugging
 * Face folder; or goes on with a trained one and its tokenizer. The same recipe gives the same
 * model on the same kind of processor.
 *
 * @param recipe what decides the model
 * @param start folder of the house model to go on with, left as it is; null to begin with nothing
 * @param texts plain English to mix in
 * @param banned names and words that must not be read, such as those of a corpus that the model is
 *     to be tried on
 * @param folder where it is written, with a checkpoint beside it while it is trained
 * @param threads processor threads; one lane of training each
 */
public record HouseTraining(
    HouseRecipe recipe,
    @Nullable Path start,
    PlainEnglish texts,
    Predicate<String> banned,
    Path folder,
    int threads) {
  /** Standard deviation of the first weights. */
  private static final double DEVIATION = 0.04;

  /** The tokenizer is learnt from other texts than those that are read. */
  private static final long TOKENIZER_SEED = 0x70c;

  private static final long CHECKPOINT_EVERY = 250;

  /**
   * @throws IllegalArgumentException if the folder is the one to start with
   */
  public HouseTraining {
    if (start != null && start.toAbsolutePath().equals(folder.toAbsolutePath())) {
      throw new IllegalArgumentException(
          "%s is the model to start with and the folder to write to; name another folder"
              .formatted(folder));
    }
  }

  /**
   * Trains, or goes on with a training that was stopped.
   *
   * @return whether the model is finished
   * @throws IOException if the folder cannot be written
   * @throws IllegalArgumentException if the folder holds another training
   */
  public boolean run(TrainingListener listener) throws IOException {
    TextSources sources = sources(recipe.seed());
    Beginning beginning = start == null ? new Nothing(this) : new Trained(start);
    String digest = ReadingTask.digest(recipe, sources, beginning.digest());
    Checkpoint checkpoint = new Checkpoint(folder.resolve("checkpoint.safetensors"));
    if (checkpoint.exists()) {
      // Before anything in the folder is replaced.
      var unused = checkpoint.check(recipe.training(threads).digest(digest));
    }
    try (DecoderModel model = beginning.model(folder);
        Tokenizer tokenizer = Tokenizer.within(folder.resolve("tokenizer.json"));
        TrainingOperations operations = new TrainingOperations();
        LossCurve curve = LossCurve.beside(folder)) {
      ReadingTask task =
          new ReadingTask(model, operations, sources, tokenizer::encode, recipe, digest);
      try (Trainer trainer = new Trainer(task, recipe.training(threads), operations)) {
        boolean finished = trainer.train(checkpoint, CHECKPOINT_EVERY, curve.following(listener));
        ModelWriter.write(model, folder);
        return finished;
      }
    }
  }

  /** What is trained further. */
  private sealed interface Beginning {
    /** Says which it is. */
    String digest();

    /**
     * Writes its tokenizer into a folder.
     *
     * @return the model before its training, which the caller closes
     */
    DecoderModel model(Path folder) throws IOException;
  }

  private record Nothing(HouseTraining training) implements Beginning {
    @Override
    public String digest() {
      return "nothing";
    }

    @Override
    public DecoderModel model(Path folder) throws IOException {
      HouseRecipe recipe = training.recipe();
      BytePairVocabulary vocabulary =
          BytePairTraining.learn(
              training.texts(training.sources(recipe.seed() ^ TOKENIZER_SEED)),
              recipe.vocabularySize());
      vocabulary.write(folder);
      ModelConfig config =
          recipe.shape(vocabulary.size(), vocabulary.bosTokenId(), vocabulary.eosTokenId());
      return DecoderModel.untrained(
          config, new Initialisation(DEVIATION, recipe.seed()), new EngineSettings(1));
    }
  }

  private record Trained(Path start) implements Beginning {
    @Override
    public String digest() {
      return ModelFolder.open(start).digest();
    }

    @Override
    public DecoderModel model(Path folder) throws IOException {
      Files.createDirectories(folder);
      for (String file : BytePairVocabulary.FILES) {
        Files.copy(start.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
      return DecoderModel.load(ModelFolder.open(start), new EngineSettings(1));
    }
  }

  private TextSources sources(long seed) throws IOException {
    return TextSources.read(seed, texts, banned, recipe.proseShare());
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
