package dev.refrain.gpuworkers.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A Hugging Face model folder that was found complete: {@code config.json}, {@code tokenizer.json}
 * and safetensors. Opening reads the small files and the headers of the large ones; it loads no
 * engine. Immutable.
 */
public final class ModelFolder {
  private final Path path;
  private final ModelConfig config;
  private final WeightFiles weights;

  private ModelFolder(Path path, ModelConfig config, WeightFiles weights) {
    this.path = path;
    this.config = config;
    this.weights = weights;
  }

  /**
   * Checks a folder.
   *
   * @throws UnusableModelException if a file is missing or damaged, a tensor is missing or has
   *     another shape than the configuration asks for, or the model is of an unsupported kind
   */
  public static ModelFolder open(Path folder) {
    requireFolder(folder);
    ModelConfig config = ConfigReader.read(folder);
    JsonFile.read(folder.resolve("tokenizer.json"));
    WeightFiles weights = WeightFiles.open(folder);
    weights.check(folder, config);
    return new ModelFolder(folder, config, weights);
  }

  static void requireFolder(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new UnusableModelException(
          folder,
          "is no folder",
          "point at a Hugging Face model folder, or pull a model from a hub first");
    }
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /** Shape and special tokens of the model. */
  public ModelConfig config() {
    return config;
  }

  /**
   * Whether the tokenizer is told to begin with {@code bos}; {@code absent} where it is told
   * nothing.
   */
  public boolean addsBosToken(boolean absent) {
    Path file = path.resolve("tokenizer_config.json");
    return Files.exists(file) ? JsonFile.read(file).flag("add_bos_token", absent) : absent;
  }

  /**
   * SHA-256 over name, length and content of every file that decides what the model says, in order
   * of their names; reads all of them, which takes seconds for large models.
   *
   * @return 64 lower-case hexadecimal digits
   */
  public String digest() {
    MessageDigest digest = sha256();
    for (Path file : files()) {
      add(file, digest);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  WeightFiles weights() {
    return weights;
  }

  private NavigableSet<Path> files() {
    NavigableSet<Path> files = new TreeSet<>(weights.files());
    Stream.of("config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json")
        .map(path::resolve)
        .filter(Files::exists)
        .forEach(files::add);
    return files;
  }

  private static void add(Path file, MessageDigest digest) {
    byte[] name = String.valueOf(file.getFileName()).getBytes(StandardCharsets.UTF_8);
    try (InputStream in = Files.newInputStream(file)) {
      digest.update(name);
      digest.update(
          ByteBuffer.allocate(1 + Long.BYTES).put((byte) 0).putLong(Files.size(file)).flip());
      byte[] block = new byte[1 << 16];
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        digest.update(block, 0, read);
      }
    } catch (IOException e) {
      throw new UnusableModelException(
          file, "cannot be read: " + e.getMessage(), "check its permissions and its disk", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
