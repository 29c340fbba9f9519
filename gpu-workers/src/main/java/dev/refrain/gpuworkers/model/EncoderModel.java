package dev.refrain.gpuworkers.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import dev.refrain.gpuworkers.engine.TorchProgram;
import java.util.Arrays;
import java.util.List;

/**
 * A frozen encoder on the PyTorch engine, in float arithmetic. Holds native memory until it is
 * closed. One thread at a time.
 */
public final class EncoderModel implements Encoder, AutoCloseable {
  private final Stack stack;
  private final TorchProgram program;
  private final List<NDArray> weights;
  private final boolean records;

  private EncoderModel(Stack stack, TorchProgram program, List<NDArray> weights, boolean records) {
    this.stack = stack;
    this.program = program;
    this.weights = List.copyOf(weights);
    this.records = records;
  }

  /**
   * Reads the weights of a folder into the engine.
   *
   * @return the encoder, which the caller closes
   */
  public static EncoderModel load(EncoderFolder folder, EngineSettings settings) {
    return load(folder.stack(), folder.weights(), settings);
  }

  static EncoderModel load(Stack stack, WeightFiles files, EngineSettings settings) {
    TorchProgram program = StackProgram.encoder(stack).compile(settings.device());
    JniUtils.setNumThreads(settings.threads());
    try {
      WeightLoader loader = new WeightLoader(program, files);
      return new EncoderModel(stack, program, loader.copy(StackWeights.encoder(stack)), false);
    } catch (RuntimeException e) {
      program.close();
      throw e;
    }
  }

  /**
   * The same encoder, on the same weights, as a function that gradients flow through to its input
   * embeddings. It lives as long as this one.
   */
  public Encoder differentiable() {
    return new EncoderModel(stack, program, weights, true);
  }

  /** The weights themselves, the token embedding first. They belong to this model. */
  public List<NDArray> weights() {
    return weights;
  }

  @Override
  public int vocabularySize() {
    return stack.sizes().vocabulary();
  }

  @Override
  public int hiddenSize() {
    return stack.sizes().hidden();
  }

  @Override
  public int contextLength() {
    return stack.contextLength();
  }

  @Override
  public NDManager newManager() {
    return program.manager().newSubManager();
  }

  @Override
  public NDArray embed(NDManager manager, int[][] tokenIds) {
    try (NDArray ids = TokenRows.array(manager, tokenIds, vocabularySize())) {
      return call(manager, "embed", ids);
    }
  }

  @Override
  public NDArray hiddenStates(NDArray embeddings, int[] lengths) {
    return run("hidden_states", embeddings, lengths);
  }

  @Override
  public NDArray layerStates(NDArray embeddings, int[] lengths) {
    return run("layer_states", embeddings, lengths);
  }

  private NDArray run(String method, NDArray embeddings, int[] lengths) {
    long positions = embeddings.getShape().get(1);
    if (positions > contextLength()) {
      throw new IllegalArgumentException(
          "%d positions, must be in [1, %d]".formatted(positions, contextLength()));
    }
    NDManager owner = embeddings.getManager();
    try (NDArray array = lengths(owner, embeddings.getShape(), lengths)) {
      return call(owner, method, embeddings, array);
    }
  }

  /**
   * Lengths of rows as an array.
   *
   * @param shape [B, T, C], of the rows
   * @return [B]
   */
  static NDArray lengths(NDManager manager, Shape shape, int[] lengths) {
    if (lengths.length != shape.get(0)
        || !Arrays.stream(lengths).allMatch(length -> length >= 1 && length <= shape.get(1))) {
      throw new IllegalArgumentException(
          "lengths are %s, must be %d in [1, %d]"
              .formatted(Arrays.toString(lengths), shape.get(0), shape.get(1)));
    }
    return manager.create(Arrays.stream(lengths).asLongStream().toArray());
  }

  private NDArray call(NDManager owner, String method, NDArray... arguments) {
    return records
        ? program.differentiable(owner, method, arguments)
        : program.tensor(owner, method, (Object[]) arguments);
  }

  @Override
  public void close() {
    program.close();
  }
}
