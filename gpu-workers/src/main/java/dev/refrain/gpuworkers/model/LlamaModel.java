package dev.refrain.gpuworkers.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;

/**
 * A frozen Llama decoder on the PyTorch engine, in float arithmetic on the processor. Holds native
 * memory until it is closed. One thread at a time.
 */
public final class LlamaModel implements CausalLm, AutoCloseable {
  private final ModelConfig config;
  private final LlamaProgram program;

  private LlamaModel(ModelConfig config, LlamaProgram program) {
    this.config = config;
    this.program = program;
  }

  /**
   * Reads the weights of a folder into the engine.
   *
   * @return the model, which the caller closes
   */
  public static LlamaModel load(ModelFolder folder, EngineSettings settings) {
    LlamaProgram program = new LlamaProgram(folder.config());
    JniUtils.setNumThreads(settings.threads());
    try (WeightLoader loader = new WeightLoader(program, folder.weights())) {
      loader.load(folder.config());
    } catch (RuntimeException e) {
      program.close();
      throw e;
    }
    return new LlamaModel(folder.config(), program);
  }

  @Override
  public int vocabularySize() {
    return config.vocabularySize();
  }

  @Override
  public int contextLength() {
    return config.contextLength();
  }

  @Override
  public NDManager newManager() {
    return program.manager().newSubManager();
  }

  @Override
  public KvCache newCache(int rows, int capacity) {
    require(rows >= 1, "rows is %d, must be 1 or more".formatted(rows));
    require(
        capacity >= 1 && capacity <= contextLength(),
        "capacity is %d, must be in [1, %d]".formatted(capacity, contextLength()));
    NDArray tensor = program.tensor(program.manager(), "new_cache", rows, capacity);
    return new LlamaKvCache(program, tensor, 0);
  }

  @Override
  public NDArray embed(NDManager manager, int[][] tokenIds) {
    int rows = tokenIds.length;
    int length = tokenIds[0].length;
    long[] ids = new long[rows * length];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < length; i++) {
        int id = tokenIds[row][i];
        require(
            id >= 0 && id < vocabularySize(),
            "token id is %d, must be in [0, %d)".formatted(id, vocabularySize()));
        ids[row * length + i] = id;
      }
    }
    try (NDArray array = manager.create(ids, new Shape(rows, length))) {
      return program.tensor(manager, "embed", array);
    }
  }

  @Override
  public NDArray hiddenStates(NDArray embeddings, KvCache cache) {
    LlamaKvCache own = (LlamaKvCache) cache;
    int past = own.extend(embeddings.getShape().get(0), embeddings.getShape().get(1));
    return program.tensor(embeddings.getManager(), "hidden_states", embeddings, own.tensor(), past);
  }

  @Override
  public NDArray logits(NDArray hiddenStates) {
    return program.tensor(hiddenStates.getManager(), "logits", hiddenStates);
  }

  @Override
  public NDArray lastLogits(NDArray hiddenStates) {
    return program.tensor(hiddenStates.getManager(), "last_logits", hiddenStates);
  }

  @Override
  public void close() {
    program.close();
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
