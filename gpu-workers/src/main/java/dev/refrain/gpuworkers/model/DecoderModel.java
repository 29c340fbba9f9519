package dev.refrain.gpuworkers.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.refrain.gpuworkers.engine.TorchDevice;
import dev.refrain.gpuworkers.engine.TorchProgram;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A decoder on the PyTorch engine: frozen when it is read from a folder, to be trained when it is
 * new. Holds native memory until it is closed. One thread at a time.
 */
public final class DecoderModel implements CausalLm, AutoCloseable {
  private static final int ROWS = 0;
  private static final int POSITIONS = 1;

  private final ModelConfig config;
  private final TorchProgram program;
  private final Products products;
  private final Supplier<TrainableDecoder> loadTrainable;
  private final EngineSettings settings;
  private @Nullable TrainableDecoder trainable;
  private @Nullable Tiling tiling;

  private DecoderModel(
      ModelConfig config,
      TorchProgram program,
      Products products,
      Supplier<TrainableDecoder> loadTrainable,
      EngineSettings settings) {
    this.config = config;
    this.program = program;
    this.products = products;
    this.loadTrainable = loadTrainable;
    this.settings = settings;
  }

  /**
   * Maps the weights of a folder into the engine, and packs those that positions are multiplied
   * with; or takes all of them to a card.
   *
   * @return the model, which the caller closes
   * @throws dev.refrain.gpuworkers.engine.AbsentDeviceException if the engine cannot use the device
   */
  public static DecoderModel load(ModelFolder folder, EngineSettings settings) {
    return load(folder, settings, settings.products());
  }

  static DecoderModel load(ModelFolder folder, EngineSettings settings, Products products) {
    TorchProgram program = DecoderProgram.of(folder.config(), products, settings.device());
    JniUtils.setNumThreads(settings.threads());
    try {
      new WeightLoader(program, folder.weights()).adopt(folder.config(), products);
      return new DecoderModel(
          folder.config(), program, products, () -> trainable(folder, settings.device()), settings);
    } catch (RuntimeException e) {
      program.close();
      throw e;
    }
  }

  private static TrainableDecoder trainable(ModelFolder folder, TorchDevice device) {
    TorchProgram program = DecoderProgram.of(folder.config(), Products.PLAIN, device);
    try {
      WeightLoader loader = new WeightLoader(program, folder.weights());
      return new TrainableDecoder(program, loader.copy(folder.config()));
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
    TorchProgram program = DecoderProgram.of(config, Products.PLAIN, settings.device());
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
    TrainableDecoder trainable = new TrainableDecoder(program, weights);
    return new DecoderModel(config, program, Products.PLAIN, () -> trainable, settings);
  }

  /** Shape and special tokens. */
  public ModelConfig config() {
    return config;
  }

  /**
   * The model as a function that gradients flow through. A model that was read from a folder is
   * read a second time for it, once.
   */
  public DifferentiableLm differentiable() {
    return new DecoderGraph(config, trainable().program());
  }

  /**
   * The weights that {@link #differentiable} computes with, a shared one once, in the program's
   * order; what is written to those of a new model, all of it computes with. They belong to this
   * model.
   */
  public List<NDArray> weights() {
    return trainable().weights();
  }

  private TrainableDecoder trainable() {
    if (trainable == null) {
      trainable = loadTrainable.get();
    }
    return trainable;
  }

  /** How long the engine has computed so far; what is done with its numbers aside. */
  public Duration timeInEngine() {
    return program.timeInCalls();
  }

  /** Adds the weights under the names that they are stored by. */
  void store(SafetensorsWriter file) {
    List<DecoderWeights.Weight> stored =
        DecoderWeights.of(config).stream().filter(weight -> !weight.tied()).toList();
    for (int i = 0; i < stored.size(); i++) {
      float[] numbers = weights().get(i).stopGradient().toFloatArray();
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
  public KvCache newCache(int rows, int capacity, int longest) {
    require(rows >= 1, "rows is %d, must be 1 or more".formatted(rows));
    require(
        capacity >= 1 && capacity <= contextLength(),
        "capacity is %d, must be in [1, %d]".formatted(capacity, contextLength()));
    require(
        longest >= capacity && longest <= contextLength(),
        "longest is %d, must be in [%d, %d]".formatted(longest, capacity, contextLength()));
    KvSegment own = DecoderKvCache.segment(program, products.positions(), rows, capacity);
    return DecoderKvCache.empty(config, program, own, longest, rows);
  }

  @Override
  public long cacheBytes(int rows, int capacity) {
    return DecoderKvCache.bytes(config, rows, capacity, products.positions());
  }

  @Override
  public NDArray embed(NDManager manager, int[][] tokenIds) {
    try (NDArray array = TokenRows.array(manager, tokenIds, vocabularySize())) {
      return program.tensor(manager, "embed", array);
    }
  }

  @Override
  public NDArray hiddenStates(NDArray embeddings, KvCache cache) {
    return run("hidden_states", embeddings, cache);
  }

  @Override
  public NDArray layerStates(NDArray embeddings, KvCache cache) {
    return run("layer_states", embeddings, cache);
  }

  private NDArray run(String method, NDArray embeddings, KvCache cache) {
    DecoderKvCache own = (DecoderKvCache) cache;
    int rows = (int) embeddings.getShape().get(ROWS);
    int added = (int) embeddings.getShape().get(POSITIONS);
    require(
        rows == own.rows(), "%d rows do not fit a cache of %d rows".formatted(rows, own.rows()));
    int before = own.length();
    own.extend(added);
    long[] places = new long[rows * added];
    Arrays.setAll(places, i -> own.place(before + i % added));
    long[] lengths = own.lengths().stream().mapToLong(Integer::longValue).toArray();
    NDManager owner = embeddings.getManager();
    try (NDArray array = owner.create(places)) {
      return program.tensor(owner, method, embeddings, array, own.tensors(), lengths);
    }
  }

  @Override
  public NDArray step(NDManager manager, TokenBatch batch) {
    return step(manager, batch, tiling());
  }

  NDArray step(NDManager manager, TokenBatch batch, Tiling tiles) {
    return new DecoderStep(config, tiles, batch).run(program, manager);
  }

  /** Found out at the first step, by the thread that will make the others. */
  Tiling tiling() {
    if (tiling == null) {
      tiling =
          switch (settings.batching()) {
            case EXACT -> RowIndependence.tiling(config, program, settings);
            case FAST -> new Tiling.Together();
          };
    }
    return tiling;
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
    if (trainable != null && trainable.program() != program) {
      trainable.program().close();
    }
    program.close();
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
