package dev.refrain.gpuworkers.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * What a hub says a file's content hashes to: SHA-256 of the bytes for large files (Git LFS), the
 * object id of Git for small ones, which is SHA-1 over {@code "blob " + size + "\0"} and the bytes.
 *
 * @param kind which of the two
 * @param hex lower-case hexadecimal digits
 */
record Checksum(Kind kind, String hex) {
  enum Kind {
    SHA256("SHA-256", 64),
    GIT_BLOB("SHA-1", 40);

    private final String algorithm;
    private final int digits;

    Kind(String algorithm, int digits) {
      this.algorithm = algorithm;
      this.digits = digits;
    }
  }

  /** A checksum of a kind; empty where the text is none. */
  static Optional<Checksum> of(Kind kind, String hex) {
    return hex.matches("[0-9a-fA-F]{" + kind.digits + "}")
        ? Optional.of(new Checksum(kind, hex.toLowerCase(Locale.ROOT)))
        : Optional.empty();
  }

  /** The checksum that a hub's {@code ETag} is; empty where it is something else. */
  static Optional<Checksum> ofEtag(String etag) {
    String hex = etag.replaceFirst("^W/", "").replace("\"", "");
    return of(Kind.SHA256, hex).or(() -> of(Kind.GIT_BLOB, hex));
  }

  /** Reads a whole file and says what it hashes to, by the same rule. */
  String actual(Path file) throws IOException {
    MessageDigest digest = digest();
    if (kind == Kind.GIT_BLOB) {
      digest.update(("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.US_ASCII));
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] block = new byte[1 << 16];
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        digest.update(block, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private MessageDigest digest() {
    try {
      return MessageDigest.getInstance(kind.algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + kind.algorithm, e);
    }
  }
}
