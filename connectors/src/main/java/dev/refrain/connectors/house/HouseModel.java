package dev.refrain.connectors.house;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The house model that comes with Refrain, as a Hugging Face folder on disk, with the soft prompts
 * that were tuned in front of it and the word vectors that choose sentences for it, if it has any.
 * The files lie among the resources of this package; {@code refrain train house}, {@code refrain
 * train house-prompts} and {@code refrain train words} make them anew.
 */
public final class HouseModel {
  /** File of the soft prompt of a reading pass. */
  public static final String READER = "reader.safetensors";

  /** File of the soft prompt of a pass that chooses among candidates. */
  public static final String CHOOSER = "chooser.safetensors";

  /** File of the word vectors by which packing chooses sentences for it. */
  public static final String WORDS = "words.safetensors";

  private static final List<String> MODEL =
      List.of(
          "config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "model.safetensors");
  private static final List<String> BESIDE = List.of(READER, CHOOSER, WORDS);
  private static final int NAME_DIGITS = 16;

  private HouseModel() {}

  /**
   * Unpacks the model, unless it is there already; another version of it lies beside.
   *
   * @param parent folder of all versions, made if it is not there
   * @return the Hugging Face folder
   * @throws IOException if it cannot be written
   */
  public static Path unpack(Path parent) throws IOException {
    return unpack(parent, name -> HouseModel.class.getResourceAsStream("model/" + name));
  }

  /** Where the files come from. */
  @FunctionalInterface
  interface Source {
    /** A file's content, which the caller closes; null if there is no such file. */
    @Nullable InputStream open(String name);
  }

  static Path unpack(Path parent, Source source) throws IOException {
    Map<String, byte[]> files = read(source);
    Path folder = parent.resolve(version(files));
    for (Map.Entry<String, byte[]> content : files.entrySet()) {
      Path file = folder.resolve(content.getKey());
      if (!Files.exists(file)) {
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, content.getKey(), ".part");
        Files.write(part, content.getValue());
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return folder;
  }

  private static Map<String, byte[]> read(Source source) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String name : Stream.concat(MODEL.stream(), BESIDE.stream()).toList()) {
      try (InputStream in = source.open(name)) {
        if (in != null) {
          files.put(name, in.readAllBytes());
        } else if (MODEL.contains(name)) {
          throw new IllegalStateException("The resource model/%s is missing".formatted(name));
        }
      }
    }
    return files;
  }

  /** A name that changes with any file. */
  private static String version(Map<String, byte[]> files) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      files.values().forEach(digest::update);
      return HexFormat.of().formatHex(digest.digest()).substring(0, NAME_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
