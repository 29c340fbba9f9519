package dev.refrain.processors.retrieval;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 over what goes into an index: the format of the index, then id, title and text of every
 * passage in order, each preceded by its length in bytes as four bytes, big-endian.
 */
final class IndexDigest {
  private final MessageDigest sha256 = sha256();
  private final ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);

  IndexDigest() {
    add(PassageFields.FORMAT);
  }

  void add(Passage passage) {
    add(passage.id());
    add(passage.title());
    add(passage.text());
  }

  /** The digest in 64 hexadecimal digits; ends the computation. */
  String finish() {
    return HexFormat.of().formatHex(sha256.digest());
  }

  private void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    sha256.update(length.putInt(0, bytes.length).array());
    sha256.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256.", e);
    }
  }
}
