package dev.refrain.gpuworkers.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import dev.refrain.gpuworkers.engine.TorchProgram;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A decoder on the PyTorch engine, in float arithmetic on the processor: frozen when it is read
 * from a folder, to be trained when it is new. Holds native memory until it is closed. One thread
 * at a time.
 */
public final class DecoderModel implements CausalLm, AutoCloseable {
  private static final int ROWS = 0;
  private static final int POSITIONS = 1;

  private final ModelConfig config;
  private final TorchProgram program;
  private final List<NDArray> weights;

  private DecoderModel(ModelConfig config, TorchProgram program, List<NDArray> weights) {
    this.config = config;
    this.program = program;
    this.weights = List.copyOf(weights);
  }

  /**
   * Reads the weights of a folder into the engine.
   *
   * @return the model, which the caller closes
   */
  public static DecoderModel load(ModelFolder folder, EngineSettings settings) {
    TorchProgram program = DecoderProgram.of(folder.config());
    JniUtils.setNumThreads(settings.threads());
    try (WeightLoader loader = new WeightLoader(program, folder.weights())) {
      return new DecoderModel(folder.config(), program, loader.load(folder.config()));
    } catch (RuntimeException e) {
      program.close();
      throw e;
    }
  }

  /**
   * A new model with random weights, to be trained.
   *
   * @return the model, which the caller closes
   */
  public static DecoderModel untrained(
      ModelConfig config, Initialisation initialisation, EngineSettings settings) {
    TorchProgram program = DecoderProgram.of(config);
    JniUtils.setNumThreads(settings.threads());
    List<NDArray> weights = new ArrayList<>();
    int index = 0;
    for (DecoderWeights.Weight weight : DecoderWeights.of(config)) {
      if (weight.tied()) {
        DecoderProgram.adopt(program, weight.slot(), weights.getFirst());
      } else {
        NDArray target = DecoderProgram.reserve(program, weight);
        FloatBuffer numbers = FloatBuffer.allocate(Math.toIntExact(target.size()));
        initialisation.fill(numbers, index, weight, config);
        try (NDArray array = program.manager().create(numbers.array())) {
          program.number("fill", target, 0, array);
        }
        weights.add(target);
      }
      index++;
    }
    DecoderProgram.finish(program, config);
    return new DecoderModel(config, program, weights);
  }

  /** Shape and special tokens. */
  public ModelConfig config() {
    return config;
  }

  /** The model as a function that gradients flow through, on the same weights. */
  public DifferentiableLm differentiable() {
    return new DecoderGraph(config, program);
  }

  /**
   * The weights themselves, a shared one once, in the program's order; what is written to them the
   * model computes with. They belong to this model.
   */
  public List<NDArray> weights() {
    return weights;
  }

  /** Adds the weights under the names that they are stored by. */
  void store(SafetensorsWriter file) {
    List<DecoderWeights.Weight> stored =
        DecoderWeights.of(config).stream().filter(weight -> !weight.tied()).toList();
    for (int i = 0; i < stored.size(); i++) {
      float[] numbers = weights.get(i).stopGradient().toFloatArray();
      int from = 0;
      for (DecoderWeights.Part part : stored.get(i).parts()) {
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
    return new DecoderKvCache(config, program, tensor, new int[rows]);
  }

  @Override
  public NDArray embed(NDManager manager, int[][] tokenIds) {
    try (NDArray array = TokenRows.array(manager, tokenIds, vocabularySize())) {
      return program.tensor(manager, "embed", array);
    }
  }

  @Override
  public NDArray hiddenStates(NDArray embeddings, KvCache cache) {
    return run("hidden_states", embeddings, full(embeddings), cache);
  }

  @Override
  public NDArray hiddenStates(NDArray embeddings, int[] lengths, KvCache cache) {
    return run("hidden_states", embeddings, lengths, cache);
  }

  @Override
  public NDArray layerStates(NDArray embeddings, KvCache cache) {
    return run("layer_states", embeddings, full(embeddings), cache);
  }

  private static int[] full(NDArray embeddings) {
    int[] lengths = new int[(int) embeddings.getShape().get(ROWS)];
    Arrays.fill(lengths, (int) embeddings.getShape().get(POSITIONS));
    return lengths;
  }

  private NDArray run(String method, NDArray embeddings, int[] lengths, KvCache cache) {
    DecoderKvCache own = (DecoderKvCache) cache;
    Shape shape = embeddings.getShape();
    RaggedPositions added = own.extend(shape.get(ROWS), shape.get(POSITIONS), lengths);
    int longest = added.longestAfter();
    NDManager owner = embeddings.getManager();
    if (added.even()) {
      return program.tensor(owner, method, embeddings, own.tensor(), longest, List.of());
    }
    try (NDManager call = newManager()) {
      var unused = program.number("clear", own.tensor(), added.longestBefore(), longest);
      List<NDArray> ragged = added.arrays(call);
      return program.tensor(owner, method, embeddings, own.tensor(), longest, ragged);
    }
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
