package dev.refrain.connectors.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.refrain.gpuworkers.engine.TorchProgram;
import java.util.List;
import java.util.Map;

/**
 * The operations of training in the engine ({@code training.torchscript}): losses and soft prompts
 * with their graphs, gradients, and the optimiser. Holds native memory until it is closed. Safe for
 * use by many threads, each with its own arrays.
 */
public final class TrainingOperations implements AutoCloseable {
  private final TorchProgram program =
      TorchProgram.load(TrainingOperations.class, "training.torchscript", "Training", Map.of());

  /**
   * Chooses positions.
   *
   * @param hiddenStates [B, T, C]
   * @param index [N] into the B T positions
   * @return [1, N, C] with its graph
   */
  public NDArray choose(NDArray hiddenStates, NDArray index) {
    return program.differentiable(hiddenStates.getManager(), "choose", hiddenStates, index);
  }

  /**
   * The weighted sum of negative log-likelihoods, nats.
   *
   * @param logits [1, N, V]
   * @param targets [N] token ids
   * @param weights [N]
   * @return one number with its graph
   */
  public NDArray crossEntropy(NDArray logits, NDArray targets, NDArray weights) {
    return program.differentiable(logits.getManager(), "cross_entropy", logits, targets, weights);
  }

  /**
   * Puts a soft prompt in front of every sequence.
   *
   * @param prompt [P, C]
   * @param embeddings [B, T, C]
   * @return [B, P + T, C] with its graph
   */
  public NDArray prepend(NDArray prompt, NDArray embeddings) {
    return program.differentiable(embeddings.getManager(), "prepend", prompt, embeddings);
  }

  /** Gradients of a loss; zeros for a parameter that it does not depend on. */
  List<NDArray> gradients(NDManager owner, NDArray loss, List<NDArray> parameters) {
    return program.differentiable(owner, "gradients", List.of(loss), parameters);
  }

  /** Adds to a list of arrays in place. */
  void add(List<NDArray> total, List<NDArray> more) {
    var unused = program.number("add", total, more);
  }

  /** Scales gradients in place and clips their norm, which it returns as it was before clipping. */
  double scale(List<NDArray> gradients, double factor, double clip) {
    try (NDManager manager = program.manager().newSubManager()) {
      return program.tensor(manager, "scale", gradients, factor, clip).toDoubleArray()[0];
    }
  }

  /** One step of AdamW in place. */
  void adamw(AdamwGroup group, List<NDArray> gradients, double rate) {
    if (gradients.isEmpty()) {
      return;
    }
    TrainingSettings.Adam adam = group.adam();
    var unused =
        program.number(
            "adamw",
            group.parameters(),
            gradients,
            group.first(),
            group.second(),
            group.steps(),
            rate,
            adam.beta1(),
            adam.beta2(),
            adam.epsilon(),
            adam.weightDecay());
  }

  /** Puts numbers in the place of an array's own. */
  void assign(NDArray array, NDArray numbers) {
    var unused = program.number("assign", array, numbers);
  }

  /** A manager for the arrays of a call, which the caller closes. */
  public NDManager newManager() {
    return program.manager().newSubManager();
  }

  /** Lets gradients flow to an array, or no longer. */
  static void learn(NDArray array, boolean learns) {
    array.setRequiresGradient(learns);
  }

  @Override
  public void close() {
    program.close();
  }
}
