package dev.refrain.gpuworkers.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.refrain.gpuworkers.engine.TorchProgram;

/** A decoder with the graph of its operations kept. */
record DecoderGraph(ModelConfig config, TorchProgram program) implements DifferentiableLm {
  private static final int POSITIONS = 1;

  @Override
  public int vocabularySize() {
    return config.vocabularySize();
  }

  @Override
  public int hiddenSize() {
    return config.hiddenSize();
  }

  @Override
  public int contextLength() {
    return config.contextLength();
  }

  @Override
  public NDArray embed(NDManager manager, NDArray tokenIds) {
    return program.differentiable(manager, "embed", tokenIds);
  }

  @Override
  public NDArray hiddenStates(NDArray embeddings) {
    return run("hidden_states_at_once", embeddings);
  }

  @Override
  public NDArray layerStates(NDArray embeddings) {
    return run("layer_states_at_once", embeddings);
  }

  private NDArray run(String method, NDArray embeddings) {
    long positions = embeddings.getShape().get(POSITIONS);
    if (positions < 2 || positions > contextLength()) {
      throw new IllegalArgumentException(
          "%d positions, must be in [2, %d]".formatted(positions, contextLength()));
    }
    return program.differentiable(embeddings.getManager(), method, embeddings);
  }

  @Override
  public NDArray logits(NDArray hiddenStates) {
    return program.differentiable(hiddenStates.getManager(), "logits", hiddenStates);
  }
}
