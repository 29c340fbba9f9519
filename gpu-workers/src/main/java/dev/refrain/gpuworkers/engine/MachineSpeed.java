package dev.refrain.gpuworkers.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Measures what memory and processor give the engine at most, which is what the speed of a model is
 * a share of: a sum over more numbers than any cache holds, and the faster one of PyTorch's two
 * products of large matrices. Holds about 300 MB of native memory until it is closed.
 */
public final class MachineSpeed implements AutoCloseable {
  private static final int NUMBERS = 1 << 26;
  private static final int PASSES = 8;
  private static final int SIZE = 2048;
  private static final double OPERATIONS = 2.0 * SIZE * SIZE * SIZE;

  private final TorchProgram program;
  private final NDArray numbers;
  private final NDArray matrix;
  private final NDArray packed;

  private MachineSpeed(TorchProgram program) {
    NDManager manager = program.manager();
    this.program = program;
    this.numbers = manager.ones(new Shape(NUMBERS));
    this.matrix = manager.ones(new Shape(SIZE, SIZE));
    this.packed = program.tensor(manager, "packed", matrix);
  }

  /**
   * Prepares for measuring.
   *
   * @param threads threads inside one operation, 1 or more
   */
  public static MachineSpeed prepare(int threads) {
    TorchProgram program =
        TorchProgram.load(MachineSpeed.class, "machine.torchscript", "Machine", Map.of());
    JniUtils.setNumThreads(threads);
    return new MachineSpeed(program);
  }

  /**
   * Bytes that passes over memory read a second: 2 GiB of them, which takes long enough that other
   * programs get their turns of the processor as they do beside a model.
   */
  public double readBytesPerSecond() {
    double seconds = 0;
    for (int pass = 0; pass < PASSES; pass++) {
      seconds += seconds(() -> program.tensor(program.manager(), "read", numbers));
    }
    return PASSES * (double) NUMBERS * Float.BYTES / seconds;
  }

  /** Floating-point operations a second of one product of large matrices, in float. */
  public double multiplyOperationsPerSecond() {
    double plain = seconds(() -> program.tensor(program.manager(), "multiply", matrix));
    double blocks =
        seconds(() -> program.tensor(program.manager(), "multiply_packed", matrix, packed));
    return OPERATIONS / Math.min(plain, blocks);
  }

  private static double seconds(Supplier<NDArray> operation) {
    long start = System.nanoTime();
    try (NDArray _ = operation.get()) {
      return (System.nanoTime() - start) / 1e9;
    }
  }

  @Override
  public void close() {
    program.close();
  }
}
