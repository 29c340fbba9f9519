package dev.refrain.gpuworkers.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs TorchScript source into the archive that PyTorch's {@code torch::jit::load} reads: a zip of
 * the source, a pickled object with its attributes, no constants, and a version. Attributes are
 * whole numbers, floating-point numbers, lists of either and empty lists of tensors or of lists of
 * them, which is all that a program needs whose weights are filled in after loading. Packs a matrix
 * as {@code torch.save} does, too.
 *
 * <p>Source: PyTorch 2.7, {@code torch/csrc/jit/docs/serialization.md}; opcodes of pickle protocol
 * 2, {@code Lib/pickletools.py} of CPython.
 */
public final class TorchArchive {
  /** The type of an attribute that is an empty list of tensors. */
  static final String TENSOR_LIST = "List[Tensor]";

  /** The type of an attribute that is an empty list of lists of tensors. */
  static final String TENSOR_LISTS = "List[List[Tensor]]";

  private static final int PROTOCOL = 0x80;
  private static final int NEW_OBJECT = 0x81;
  private static final int NEW_PAIR = 0x86;
  private static final int NEW_FALSE = 0x89;

  private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();

  private TorchArchive() {}

  /**
   * The archive of a module.
   *
   * @param className its class in {@code source}
   * @param source TorchScript
   * @param attributes values by name, as {@link #type} knows them
   */
  static byte[] pack(String className, String source, Map<String, Object> attributes) {
    byte[] object = new TorchArchive().object(className, attributes);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, "module/data.pkl", object);
      store(zip, "module/code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
      store(zip, "module/constants.pkl", new byte[] {(byte) PROTOCOL, 2, ')', '.'});
      store(zip, "module/version", "10\n".getBytes(StandardCharsets.US_ASCII));
      store(zip, "module/byteorder", "little".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /**
   * The archive of a matrix of floats, as {@code torch.load} reads it.
   *
   * @param values [rows, columns], row after row
   */
  public static byte[] matrix(float[] values, int columns) {
    ByteBuffer content =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    content.asFloatBuffer().put(values);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, "archive/data.pkl", new TorchArchive().floats(values.length / columns, columns));
      store(zip, "archive/byteorder", "little".getBytes(StandardCharsets.US_ASCII));
      store(zip, "archive/data/0", content.array());
      store(zip, "archive/version", "3\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /** The type that TorchScript gives an attribute. */
  static String type(Object value) {
    return switch (value) {
      case Long number -> "int";
      case Double number -> "float";
      case String type when type.equals(TENSOR_LIST) || type.equals(TENSOR_LISTS) -> type;
      case List<?> list when !list.isEmpty() -> "List[%s]".formatted(type(list.getFirst()));
      default -> throw new IllegalArgumentException("attribute %s has no type".formatted(value));
    };
  }

  /** PyTorch maps entries in place, so they are stored and not compressed. */
  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    CRC32 checksum = new CRC32();
    checksum.update(content);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private byte[] object(String className, Map<String, Object> attributes) {
    write(PROTOCOL, 2);
    global("__torch__", className);
    write(')', NEW_OBJECT, '}', '(');
    attributes.forEach(
        (name, value) -> {
          text(name);
          attribute(value);
        });
    text("training");
    write(NEW_FALSE, 'u', 'b', '.');
    return pickle.toByteArray();
  }

  /** A call that rebuilds a contiguous tensor from the storage {@code data/0}. */
  private byte[] floats(int rows, int columns) {
    write(PROTOCOL, 2);
    global("torch._utils", "_rebuild_tensor_v2");
    write('(', '(');
    text("storage");
    global("torch", "FloatStorage");
    text("0");
    text("cpu");
    integer(rows * columns);
    write('t', 'Q');
    integer(0);
    integer(rows);
    integer(columns);
    write(NEW_PAIR);
    integer(columns);
    integer(1);
    write(NEW_PAIR, NEW_FALSE);
    global("collections", "OrderedDict");
    write(')', 'R', 't', 'R', '.');
    return pickle.toByteArray();
  }

  private void integer(int value) {
    write('J');
    pickle.writeBytes(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  private void attribute(Object value) {
    switch (value) {
      case Long number -> {
        write(0x8a, Long.BYTES);
        pickle.writeBytes(
            ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array());
      }
      case Double number -> {
        write('G');
        pickle.writeBytes(ByteBuffer.allocate(Double.BYTES).putDouble(number).array());
      }
      case List<?> list -> list(list, type(list));
      default -> list(List.of(), type(value));
    }
  }

  private void list(List<?> items, String type) {
    global("torch.jit._pickle", "restore_type_tag");
    write('(', ']', '(');
    items.forEach(this::attribute);
    write('e');
    text(type);
    write('t', 'R');
  }

  private void global(String module, String name) {
    write('c');
    pickle.writeBytes("%s\n%s\n".formatted(module, name).getBytes(StandardCharsets.UTF_8));
  }

  private void text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    write('X');
    pickle.writeBytes(
        ByteBuffer.allocate(Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(utf8.length)
            .array());
    pickle.writeBytes(utf8);
  }

  private void write(int... bytes) {
    for (int b : bytes) {
      pickle.write(b);
    }
  }
}
