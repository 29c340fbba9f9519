package dev.refrain.gpuworkers.model;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Where a tensor lies.
 *
 * @param file the file that holds it
 * @param name its name there
 * @param type its element type as the file writes it
 * @param shape its sizes, outermost first
 * @param position first byte in the file
 * @param length bytes
 */
public record StoredTensor(
    Path file, String name, String type, List<Long> shape, long position, long length) {

  StoredTensor(Path file, String name, String type, long[] shape, long position, long length) {
    this(file, name, type, LongStream.of(shape).boxed().toList(), position, length);
  }

  public StoredTensor {
    shape = List.copyOf(shape);
  }

  /** How its numbers are stored. */
  ElementType elementType() {
    return Arrays.stream(ElementType.values())
        .filter(known -> known.name().equals(type))
        .findFirst()
        .orElseThrow(
            () ->
                new UnusableModelException(
                    file,
                    "tensor %s has dtype %s".formatted(name, type),
                    "supported are F32, F16 and BF16; convert the weights"));
  }

  /** Refuses any other shape, an unknown element type and a length that does not fit them. */
  void expect(List<Long> expected) {
    if (!shape.equals(expected)) {
      throw new UnusableModelException(
          file,
          "tensor %s has shape %s, config.json asks for %s".formatted(name, shape, expected),
          "use config.json and weights of the same model");
    }
    long bytes = elementType().bytes();
    for (long size : expected) {
      bytes = Math.multiplyExact(bytes, size);
    }
    if (bytes != length) {
      throw new UnusableModelException(
          file,
          "tensor %s has %d bytes, its shape and dtype ask for %d".formatted(name, length, bytes),
          "download or copy the file again");
    }
  }
}
