package dev.refrain.gpuworkers.model;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * Writes a safetensors file; the file is there whole or not at all. Not safe for use by many
 * threads. Format: github.com/huggingface/safetensors, README, "Format".
 */
public final class SafetensorsWriter {
  /** The header is padded so that the numbers start at a multiple of it. */
  private static final int ALIGNMENT = 8;

  /** How numbers are stored. */
  public enum Precision {
    /** As they are. */
    F32,
    /** The upper half of a float, rounded to the nearest, ties to even. */
    BF16
  }

  private record Entry(List<Long> shape, Supplier<FloatBuffer> numbers) {
    long size() {
      return shape.stream().reduce(1L, Math::multiplyExact);
    }
  }

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final Precision precision;

  /** A file of numbers stored in {@code precision}. */
  public SafetensorsWriter(Precision precision) {
    this.precision = precision;
  }

  /** Adds a line to the header's metadata. */
  public SafetensorsWriter metadata(String name, String value) {
    metadata.put(name, value);
    return this;
  }

  /** Adds a tensor of floats; its numbers are copied now. */
  public SafetensorsWriter add(String name, NDArray tensor) {
    return add(name, tensor.getShape().getShape(), tensor.toFloatArray());
  }

  /** Adds a tensor, outermost size first. */
  public SafetensorsWriter add(String name, long[] shape, float[] numbers) {
    FloatBuffer copy = FloatBuffer.wrap(numbers.clone());
    return add(name, shape, () -> copy);
  }

  /**
   * Adds a tensor whose numbers are asked for when the file is written, so that one tensor at a
   * time is in memory.
   *
   * @param shape outermost size first
   * @param numbers gives a buffer over as many numbers as the shape has
   */
  public SafetensorsWriter add(String name, long[] shape, Supplier<FloatBuffer> numbers) {
    entries.put(name, new Entry(LongStream.of(shape).boxed().toList(), numbers));
    return this;
  }

  /**
   * Writes the file, in the place of one that is there.
   *
   * @throws IOException if the folder cannot be written
   */
  public void write(Path file) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".part");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
      byte[] header = header();
      out.write(length(header.length));
      out.write(header);
      for (Entry entry : entries.values()) {
        out.write(bytes(entry.numbers().get()));
      }
    }
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private byte[] header() throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode root = json.createObjectNode();
    if (!metadata.isEmpty()) {
      root.set("__metadata__", json.valueToTree(metadata));
    }
    long position = 0;
    for (Map.Entry<String, Entry> entry : entries.entrySet()) {
      long end = position + entry.getValue().size() * bytesPerNumber();
      ObjectNode node = root.putObject(entry.getKey());
      node.put("dtype", precision.name());
      node.set("shape", json.valueToTree(entry.getValue().shape()));
      node.putArray("data_offsets").add(position).add(end);
      position = end;
    }
    byte[] bare = json.writeValueAsBytes(root);
    byte[] padded = new byte[Math.ceilDiv(bare.length, ALIGNMENT) * ALIGNMENT];
    Arrays.fill(padded, (byte) ' ');
    System.arraycopy(bare, 0, padded, 0, bare.length);
    return padded;
  }

  private static byte[] length(long bytes) {
    byte[] length = new byte[Long.BYTES];
    ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).putLong(bytes);
    return length;
  }

  private int bytesPerNumber() {
    return precision == Precision.F32 ? Float.BYTES : Short.BYTES;
  }

  private byte[] bytes(FloatBuffer numbers) {
    byte[] bytes = new byte[numbers.capacity() * bytesPerNumber()];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < numbers.capacity(); i++) {
      if (precision == Precision.F32) {
        buffer.putFloat(numbers.get(i));
      } else {
        buffer.putShort(upperHalf(numbers.get(i)));
      }
    }
    return bytes;
  }

  private static short upperHalf(float number) {
    int bits = Float.floatToIntBits(number);
    return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
  }
}
