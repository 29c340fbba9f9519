package dev.refrain.connectors.house;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The house model that comes with Refrain, as a Hugging Face folder on disk. The files lie among
 * the resources of this package; {@code refrain train house} makes them anew.
 */
public final class HouseModel {
  private static final String WEIGHTS = "model.safetensors";
  private static final List<String> FILES =
      List.of(
          "config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          WEIGHTS);
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
    Path folder = parent.resolve(version());
    for (String name : FILES) {
      Path file = folder.resolve(name);
      if (!Files.exists(file)) {
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, name, ".part");
        try (InputStream in = resource(name)) {
          Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return folder;
  }

  /** A name that changes with any file. */
  private static String version() throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String name : FILES) {
        try (InputStream in = resource(name)) {
          digest.update(in.readAllBytes());
        }
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, NAME_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static InputStream resource(String name) {
    InputStream resource = HouseModel.class.getResourceAsStream("model/" + name);
    if (resource == null) {
      throw new IllegalStateException("The resource model/%s is missing".formatted(name));
    }
    return resource;
  }
}
