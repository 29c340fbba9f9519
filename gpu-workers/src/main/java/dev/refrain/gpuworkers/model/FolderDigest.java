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
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** SHA-256 over the files of a folder that decide what its model computes. */
final class FolderDigest {
  private FolderDigest() {}

  /**
   * SHA-256 over name, length and content of files, in order of their paths.
   *
   * @param weights files that are there
   * @param others files inside the folder, left out where they are not there
   * @return 64 lower-case hexadecimal digits
   */
  static String of(Path folder, List<Path> weights, List<String> others) {
    NavigableSet<Path> files = new TreeSet<>(weights);
    others.stream().map(folder::resolve).filter(Files::exists).forEach(files::add);
    MessageDigest digest = sha256();
    for (Path file : files) {
      add(file, digest);
    }
    return HexFormat.of().formatHex(digest.digest());
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
