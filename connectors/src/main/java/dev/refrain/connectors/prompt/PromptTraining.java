package dev.refrain.connectors.prompt;

import dev.refrain.connectors.training.Checkpoint;
import dev.refrain.connectors.training.LossCurve;
import dev.refrain.connectors.training.Schedule;
import dev.refrain.connectors.training.Trainer;
import dev.refrain.connectors.training.TrainingListener;
import dev.refrain.connectors.training.TrainingOperations;
import dev.refrain.connectors.training.TrainingSettings;
import dev.refrain.gpuworkers.generate.LanguageModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tunes one soft prompt and writes it, with Adam's constants of giant-frozen-lms, section 2: β =
 * (0.9, 0.999), ε = 1e-6, no weight decay, no decay of the learning rate, a warm-up of 0.5 % of the
 * steps.
 *
 * @param settings length, batch and seed
 * @param steps of the optimiser, 1 or more
 * @param learningRate above 0; the paper searched {3e-2, 1e-1, 3e-1, 5e-1}
 * @param microBatches gradients added up for a step
 * @param lanes micro-batches computed at once; does not change the numbers
 */
public record PromptTraining(
    PromptTuningSettings settings, long steps, double learningRate, int microBatches, int lanes) {
  private static final int STEPS_PER_WARMUP_STEP = 200;
  private static final long CHECKPOINT_EVERY = 100;

  /**
   * Tunes, or goes on with a training that was stopped.
   *
   * @param model the frozen model, not closed here
   * @param trainedOn what the examples are, for the card
   * @param out the prompt's file; while it is tuned, a checkpoint and the loss curve lie in a
   *     folder beside it, {@code NAME.training}
   * @return whether the last step was reached and the file written
   * @throws IOException if a file cannot be written
   */
  public boolean run(
      LanguageModel model, Examples examples, String trainedOn, Path out, TrainingListener listener)
      throws IOException {
    Path folder = folder(out);
    PromptTokenizer tokenizer =
        new PromptTokenizer(model.tokenizer()::encode, model.tokenizer()::encodeWithin);
    try (TrainingOperations operations = new TrainingOperations();
        PromptTuning tuning =
            new PromptTuning(model.differentiable(), operations, tokenizer, examples, settings);
        LossCurve curve = LossCurve.beside(folder);
        Trainer trainer = new Trainer(tuning, training(), operations)) {
      Checkpoint checkpoint = new Checkpoint(folder.resolve("checkpoint.safetensors"));
      boolean finished = trainer.train(checkpoint, CHECKPOINT_EVERY, curve.following(listener));
      if (finished) {
        PromptCard card = card(model, examples, trainedOn);
        new SoftPrompt(model.config().hiddenSize(), tuning.vectors(), card).write(out);
        Files.delete(checkpoint.file());
      }
      return finished;
    }
  }

  /** Where checkpoint and loss curve of a prompt's file lie. */
  public static Path folder(Path out) {
    return out.resolveSibling(out.getFileName() + ".training");
  }

  /** The card of the prompt that {@link #run} makes of the same. */
  public PromptCard card(LanguageModel model, Examples examples, String trainedOn) {
    return new PromptCard(
        model.digest(),
        examples.digest(),
        trainedOn,
        examples.all().size(),
        steps,
        settings.seed(),
        learningRate);
  }

  private TrainingSettings training() {
    return new TrainingSettings(
        steps,
        microBatches,
        lanes,
        Schedule.constant(learningRate, Math.ceilDiv(steps, STEPS_PER_WARMUP_STEP)),
        new TrainingSettings.Adam(0.9, 0.999, 1e-6, 0),
        0);
  }
}
