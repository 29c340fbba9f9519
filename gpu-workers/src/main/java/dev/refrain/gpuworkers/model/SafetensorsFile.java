package dev.refrain.gpuworkers.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The table of contents of a safetensors file: 8 bytes with the length of a JSON header, the
 * header, then the numbers. Reads the header alone and believes none of its sizes before it has
 * compared them with the file. Immutable. Format: github.com/huggingface/safetensors, README,
 * "Format".
 *
 * @param path the file
 * @param tensors by name
 * @param metadata what the header says of the file beside its tensors
 */
public record SafetensorsFile(
    Path path, Map<String, StoredTensor> tensors, Map<String, String> metadata) {
  /** Longest header that the reference implementation accepts, bytes. */
  private static final long LONGEST_HEADER = 100_000_000;

  private static final int LENGTH_BYTES = 8;
  private static final String REMEDY = "download or copy the file again";

  /**
   * Reads the header of a file.
   *
   * @throws UnusableModelException if there is no such file or its header and its size do not agree
   */
  public static SafetensorsFile open(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new UnusableModelException(path, "is missing", "copy it into the model folder");
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      long headerLength = headerLength(path, channel, size);
      JsonFile json = JsonFile.parse(path, read(channel, LENGTH_BYTES, (int) headerLength));
      return new SafetensorsFile(
          path, tensors(json, LENGTH_BYTES + headerLength, size), metadata(json));
    } catch (IOException e) {
      throw new UnusableModelException(path, "cannot be read: " + e.getMessage(), REMEDY, e);
    }
  }

  /**
   * The numbers of a tensor, widened to float.
   *
   * @throws UnusableModelException if there is no such tensor or it cannot be read
   */
  public float[] numbers(String name) {
    StoredTensor tensor = tensor(name);
    tensor.expect(tensor.shape());
    ElementType type = tensor.elementType();
    float[] numbers = new float[Math.toIntExact(tensor.length() / type.bytes())];
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        Arena arena = Arena.ofConfined()) {
      MemorySegment data = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      type.widen(data, tensor.position(), FloatBuffer.wrap(numbers));
    } catch (IOException e) {
      throw new UnusableModelException(path, "cannot be read: " + e.getMessage(), REMEDY, e);
    }
    return numbers;
  }

  /**
   * Sizes of a tensor, outermost first.
   *
   * @throws UnusableModelException if there is no such tensor
   */
  public List<Long> shape(String name) {
    return tensor(name).shape();
  }

  private StoredTensor tensor(String name) {
    StoredTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new UnusableModelException(
          path, "has no tensor %s".formatted(name), "use the file that was written for this");
    }
    return tensor;
  }

  private static Map<String, String> metadata(JsonFile header) {
    Map<String, String> metadata = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : header.root().path("__metadata__").properties()) {
      metadata.put(entry.getKey(), entry.getValue().asText());
    }
    return Map.copyOf(metadata);
  }

  private static long headerLength(Path path, FileChannel channel, long size) throws IOException {
    if (size < LENGTH_BYTES) {
      throw new UnusableModelException(path, "has only %d bytes".formatted(size), REMEDY);
    }
    long length =
        ByteBuffer.wrap(read(channel, 0, LENGTH_BYTES)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    long most = Math.min(LONGEST_HEADER, size - LENGTH_BYTES);
    if (length < 2 || length > most) {
      throw new UnusableModelException(
          path,
          "claims a header of %s bytes, must be in [2, %d]"
              .formatted(Long.toUnsignedString(length), most),
          REMEDY);
    }
    return length;
  }

  private static byte[] read(FileChannel channel, long from, int length) throws IOException {
    byte[] bytes = new byte[length];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, from + buffer.position()) < 0) {
        throw new EOFException("ends after %d bytes".formatted(from + buffer.position()));
      }
    }
    return bytes;
  }

  private static Map<String, StoredTensor> tensors(JsonFile header, long dataStart, long size) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : header.root().properties()) {
      if (!field.getKey().equals("__metadata__")) {
        tensors.put(field.getKey(), tensor(header, field, dataStart, size));
      }
    }
    return Map.copyOf(tensors);
  }

  private static StoredTensor tensor(
      JsonFile header, Map.Entry<String, JsonNode> field, long dataStart, long size) {
    String name = field.getKey();
    JsonNode shapeField = field.getValue().path("shape");
    JsonNode offsets = field.getValue().path("data_offsets");
    if (!shapeField.isArray() || offsets.size() != 2) {
      throw header.wrong(name, field.getValue(), "dtype, shape and two data_offsets");
    }
    long[] shape = new long[shapeField.size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = wholeNumber(header, name, shapeField.get(i));
    }
    long begin = wholeNumber(header, name, offsets.get(0));
    long end = wholeNumber(header, name, offsets.get(1));
    long available = size - dataStart;
    if (begin > end || end > available) {
      throw new UnusableModelException(
          header.path(),
          "tensor %s is at bytes [%d, %d), but the file holds %d bytes of numbers: it is truncated or damaged"
              .formatted(name, begin, end, available),
          REMEDY);
    }
    String type = field.getValue().path("dtype").asText();
    return new StoredTensor(header.path(), name, type, shape, dataStart + begin, end - begin);
  }

  private static long wholeNumber(JsonFile header, String name, JsonNode value) {
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw header.wrong(name, value, "sizes and offsets that are whole numbers of 0 or more");
    }
    return value.longValue();
  }
}
