package dev.refrain.connectors.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.refrain.gpuworkers.model.Architecture;
import dev.refrain.gpuworkers.model.DecoderModel;
import dev.refrain.gpuworkers.model.EngineSettings;
import dev.refrain.gpuworkers.model.Initialisation;
import dev.refrain.gpuworkers.model.ModelConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A tiny Llama that learns to say the first half of a sequence again. */
final class CopyingTask implements TrainingTask, AutoCloseable {
  private static final int VOCABULARY = 16;
  private static final int HALF = 6;
  private static final int ROWS = 8;

  private final DecoderModel model;
  private final TrainingOperations operations;

  CopyingTask(TrainingOperations operations) {
    this.operations = operations;
    ModelConfig config =
        new ModelConfig(
            VOCABULARY,
            32,
            64,
            2,
            4,
            2,
            8,
            16,
            true,
            null,
            List.of(),
            Architecture.llama(1e-5, 10000));
    this.model = DecoderModel.untrained(config, new Initialisation(0.05, 7), new EngineSettings(1));
  }

  DecoderModel model() {
    return model;
  }

  @Override
  public List<Parameter> parameters() {
    List<NDArray> weights = model.weights();
    List<Parameter> parameters = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      parameters.add(Parameter.of("weight." + i, weights.get(i)));
    }
    return parameters;
  }

  @Override
  public Loss loss(NDManager manager, long number) {
    SplittableRandom random = new SplittableRandom(number);
    int length = 2 * HALF;
    long[] ids = new long[ROWS * length];
    List<Long> index = new ArrayList<>();
    List<Long> targets = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      for (int i = 0; i < length; i++) {
        int at = row * length + i;
        ids[at] = i < HALF ? random.nextInt(VOCABULARY) : ids[at - HALF];
        if (i >= HALF) {
          index.add(at - 1L);
          targets.add(ids[at]);
        }
      }
    }
    NDArray embeddings =
        model.differentiable().embed(manager, manager.create(ids, new Shape(ROWS, length)));
    NDArray hidden = model.differentiable().hiddenStates(embeddings);
    NDArray chosen = operations.choose(hidden, longs(manager, index));
    NDArray sum =
        operations.crossEntropy(
            model.differentiable().logits(chosen),
            longs(manager, targets),
            manager.ones(new Shape(targets.size())));
    return new Loss(sum, targets.size(), ids.length);
  }

  private static NDArray longs(NDManager manager, List<Long> numbers) {
    return manager.create(numbers.stream().mapToLong(Long::longValue).toArray());
  }

  @Override
  public String digest() {
    return "copying";
  }

  @Override
  public void close() {
    model.close();
  }
}
