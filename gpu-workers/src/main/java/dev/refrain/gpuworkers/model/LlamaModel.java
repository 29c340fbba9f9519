package dev.refrain.gpuworkers.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import dev.refrain.gpuworkers.engine.TorchProgram;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A Llama decoder on the PyTorch engine, in float arithmetic on the processor: frozen when it is
 * read from a folder, to be trained when it is new. Holds native memory until it is closed. One
 * thread at a time.
 */
public final class LlamaModel implements CausalLm, AutoCloseable {
  private final ModelConfig config;
  private final TorchProgram program;

  private LlamaModel(ModelConfig config, TorchProgram program) {
    this.config = config;
    this.program = program;
  }

  /**
   * Reads the weights of a folder into the engine.
   *
   * @return the model, which the caller closes
   */
  public static LlamaModel load(ModelFolder folder, EngineSettings settings) {
    TorchProgram program = LlamaProgram.of(folder.config());
    JniUtils.setNumThreads(settings.threads());
    try (WeightLoader loader = new WeightLoader(program, folder.weights())) {
      loader.load(folder.config());
    } catch (RuntimeException e) {
      program.close();
      throw e;
    }
    return new LlamaModel(folder.config(), program);
  }

  /**
   * A new model with random weights, to be trained.
   *
   * @return the model, which the caller closes
   */
  public static LlamaModel untrained(
      ModelConfig config, Initialisation initialisation, EngineSettings settings) {
    TorchProgram program = LlamaProgram.of(config);
    JniUtils.setNumThreads(settings.threads());
    int index = 0;
    for (LlamaWeights.Weight weight : LlamaWeights.of(config)) {
      LlamaProgram.reserve(program, weight);
      int length = Math.toIntExact(LongStream.of(weight.shape()).reduce(1, Math::multiplyExact));
      FloatBuffer numbers = FloatBuffer.allocate(length);
      initialisation.fill(numbers, index, weight, config);
      try (NDArray array = program.manager().create(numbers.array())) {
        program.number("fill", index, 0, array);
      }
      if (++index == LlamaWeights.OUTPUT && config.tiedEmbeddings()) {
        program.number("tie", LlamaWeights.EMBEDDING);
        index++;
      }
    }
    LlamaProgram.finish(program, config);
    return new LlamaModel(config, program);
  }

  /** Shape and special tokens. */
  public ModelConfig config() {
    return config;
  }

  /** The model as a function that gradients flow through, on the same weights. */
  public DifferentiableLm differentiable() {
    return new LlamaGraph(config, program);
  }

  /**
   * The weights themselves, a shared one once, in the program's order; what is written to them the
   * model computes with. They belong to this model.
   */
  public List<NDArray> weights() {
    int count = LlamaWeights.of(config).size() + (config.tiedEmbeddings() ? 1 : 0);
    return IntStream.range(0, count)
        .filter(index -> !config.tiedEmbeddings() || index != LlamaWeights.OUTPUT)
        .mapToObj(index -> program.tensor(program.manager(), "weight", index))
        .toList();
  }

  /**
   * Adds the weights under the names of {@code LlamaForCausalLM}.
   *
   * @param file where they are added
   */
  public void store(SafetensorsWriter file) {
    List<NDArray> weights = weights();
    List<LlamaWeights.Weight> names = LlamaWeights.of(config);
    for (int i = 0; i < weights.size(); i++) {
      float[] numbers = weights.get(i).stopGradient().toFloatArray();
      int from = 0;
      for (LlamaWeights.Part part : names.get(i).parts()) {
        long[] shape = part.shape().stream().mapToLong(Long::longValue).toArray();
        int to = from + (int) LongStream.of(shape).reduce(1, Math::multiplyExact);
        file.add(part.name(), shape, Arrays.copyOfRange(numbers, from, to));
        from = to;
      }
    }
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
    return new LlamaKvCache(program, tensor, config.keySmear() > 0 ? 1 : 0, 0);
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
