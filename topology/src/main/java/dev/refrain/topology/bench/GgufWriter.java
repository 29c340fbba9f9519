package dev.refrain.topology.bench;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * Writes a GGUF file of tensors in float. Not safe for use by many threads. Format:
 * github.com/ggml-org/ggml, {@code docs/gguf.md}, version 3.
 */
final class GgufWriter {
  private static final int VERSION = 3;
  private static final int ALIGNMENT = 32;

  /** Types of metadata; the only type of tensors here, F32, is 0. */
  private static final int UINT32 = 4;

  private static final int INT32 = 5;
  private static final int FLOAT32 = 6;
  private static final int BOOL = 7;
  private static final int STRING = 8;
  private static final int ARRAY = 9;

  private record Tensor(String name, List<Long> shape, Supplier<FloatBuffer> numbers) {
    long bytes() {
      return shape.stream().reduce((long) Float.BYTES, Math::multiplyExact);
    }
  }

  private final ByteArrayOutputStream metadata = new ByteArrayOutputStream();
  private final List<Tensor> tensors = new ArrayList<>();
  private int fields;

  GgufWriter text(String key, String value) {
    field(key, STRING);
    put(metadata, value);
    return this;
  }

  GgufWriter number(String key, int value) {
    field(key, UINT32);
    put(metadata, value);
    return this;
  }

  GgufWriter decimal(String key, float value) {
    field(key, FLOAT32);
    put(metadata, Float.floatToRawIntBits(value));
    return this;
  }

  GgufWriter flag(String key, boolean value) {
    field(key, BOOL);
    metadata.write(value ? 1 : 0);
    return this;
  }

  GgufWriter texts(String key, List<String> values) {
    array(key, STRING, values.size());
    values.forEach(value -> put(metadata, value));
    return this;
  }

  GgufWriter numbers(String key, int[] values) {
    array(key, INT32, values.length);
    for (int value : values) {
      put(metadata, value);
    }
    return this;
  }

  GgufWriter decimals(String key, float[] values) {
    array(key, FLOAT32, values.length);
    for (float value : values) {
      put(metadata, Float.floatToRawIntBits(value));
    }
    return this;
  }

  /**
   * Adds a tensor whose numbers are asked for when the file is written.
   *
   * @param shape outermost size first
   */
  GgufWriter tensor(String name, long[] shape, Supplier<FloatBuffer> numbers) {
    tensors.add(new Tensor(name, LongStream.of(shape).boxed().toList(), numbers));
    return this;
  }

  void write(Path path) throws IOException {
    byte[] header = header();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
      out.write(header);
      out.write(new byte[padding(header.length)]);
      for (Tensor tensor : tensors) {
        FloatBuffer numbers = tensor.numbers().get();
        ByteBuffer bytes =
            ByteBuffer.allocate(Math.toIntExact(tensor.bytes())).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        out.write(bytes.array());
        out.write(new byte[padding(tensor.bytes())]);
      }
    }
  }

  private byte[] header() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
    put(out, VERSION);
    put(out, (long) tensors.size());
    put(out, (long) fields);
    out.writeBytes(metadata.toByteArray());
    long offset = 0;
    for (Tensor tensor : tensors) {
      put(out, tensor.name());
      put(out, tensor.shape().size());
      tensor.shape().reversed().forEach(size -> put(out, size));
      put(out, 0);
      put(out, offset);
      offset += tensor.bytes() + padding(tensor.bytes());
    }
    return out.toByteArray();
  }

  private void field(String key, int type) {
    fields++;
    put(metadata, key);
    put(metadata, type);
  }

  private void array(String key, int type, long size) {
    field(key, ARRAY);
    put(metadata, type);
    put(metadata, size);
  }

  private static int padding(long bytes) {
    return (int) (Math.ceilDiv(bytes, ALIGNMENT) * ALIGNMENT - bytes);
  }

  private static void put(ByteArrayOutputStream out, String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    put(out, (long) utf8.length);
    out.writeBytes(utf8);
  }

  private static void put(ByteArrayOutputStream out, int value) {
    out.writeBytes(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  private static void put(ByteArrayOutputStream out, long value) {
    out.writeBytes(
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
  }
}
