package dev.refrain.processors.work;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 over a list of values, each with its length in front, so that no two lists look alike.
 * Not safe for use by many threads.
 */
final class WorkHash {
  private final MessageDigest digest;

  WorkHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256", e);
    }
  }

  WorkHash add(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    digest.update(bytes);
    return this;
  }

  WorkHash add(long value) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(value).flip());
    return this;
  }

  WorkHash add(double value) {
    return add(Double.doubleToLongBits(value));
  }

  /** The hash; ends this object's use. */
  byte[] bytes() {
    return digest.digest();
  }

  static String hex(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }
}
