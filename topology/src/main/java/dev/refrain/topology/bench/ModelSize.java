package dev.refrain.topology.bench;

import dev.refrain.gpuworkers.model.SafetensorsFile;
import dev.refrain.gpuworkers.model.StoredTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a model in float costs, from the headers of its files.
 *
 * @param bytes of all weights
 * @param operationsPerPosition floating-point operations of one position of a prompt: two for each
 *     number of the layers' matrices; attention and the last position's logits are left out
 */
record ModelSize(long bytes, double operationsPerPosition) {

  /** Adds up the tensors of a Hugging Face folder. */
  static ModelSize of(Path folder) throws IOException {
    List<StoredTensor> tensors;
    try (Stream<Path> files = Files.list(folder)) {
      tensors =
          files
              .filter(file -> file.toString().endsWith(".safetensors"))
              .sorted()
              .flatMap(file -> SafetensorsFile.open(file).tensors().values().stream())
              .filter(tensor -> tensor.name().startsWith("model."))
              .toList();
    }
    return new ModelSize(
        Float.BYTES * tensors.stream().mapToLong(ModelSize::numbers).sum(),
        tensors.stream()
            .filter(tensor -> tensor.name().contains(".layers.") && tensor.shape().size() == 2)
            .mapToDouble(tensor -> 2.0 * numbers(tensor))
            .sum());
  }

  private static long numbers(StoredTensor tensor) {
    return tensor.shape().stream().reduce(1L, Math::multiplyExact);
  }
}
