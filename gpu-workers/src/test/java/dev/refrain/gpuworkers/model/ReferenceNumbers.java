package dev.refrain.gpuworkers.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** What a reference implementation computed with a model, in the file beside it. */
record ReferenceNumbers(SafetensorsFile file) {
  /** Largest difference allowed, as a share of the largest number: float32 in another order. */
  private static final double TOLERANCE = 1e-4;

  static ReferenceNumbers of(Path folder) {
    return new ReferenceNumbers(SafetensorsFile.open(folder.resolve("numbers.safetensors")));
  }

  float[] numbers(String tensor) {
    return file.numbers(tensor);
  }

  int[] tokens(String tensor) {
    float[] numbers = numbers(tensor);
    return IntStream.range(0, numbers.length).map(i -> (int) numbers[i]).toArray();
  }

  static void assertClose(NDArray actual, float[] expected) {
    float[] numbers = actual.stopGradient().toFloatArray();
    assertThat(numbers).hasSameSizeAs(expected);
    double largest =
        IntStream.range(0, expected.length)
            .mapToDouble(i -> Math.abs(expected[i]))
            .max()
            .orElseThrow();
    double difference =
        IntStream.range(0, expected.length)
            .mapToDouble(i -> Math.abs(expected[i] - numbers[i]))
            .max()
            .orElseThrow();
    assertThat(numbers).doesNotContain(Float.NaN);
    assertThat(difference).isLessThan(TOLERANCE * largest);
  }

  /** Embeddings to take a gradient of. */
  static NDArray leaf(NDManager manager, NDArray embeddings) {
    NDArray leaf = manager.create(embeddings.toFloatArray(), embeddings.getShape());
    leaf.setRequiresGradient(true);
    return leaf;
  }

  /** Follows the sum of probe * states back to its leaves. */
  static void backward(NDManager manager, NDArray states, float[] probe) {
    Shape shape = states.getShape();
    JniUtils.backward((PtNDArray) states, (PtNDArray) manager.create(probe, shape), false, false);
  }
}
