package dev.refrain.topology;

import dev.refrain.processors.work.WorkRequests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Digests that are stamped on answers, so that one can tell what produced them. */
final class Digests {
  private Digests() {}

  /** Digests of model, re-ranker and of all that shapes the prompts. */
  static Map<String, String> of(QaSettings settings, WorkRequests requests) {
    return Map.of(
        "model", requests.modelDigest(),
        "reranker", requests.rerankerDigest(),
        "prompts", sha256(settings.reading() + "\n" + settings.packing()));
  }

  /** Lower-case hex SHA-256 of a text's UTF-8 bytes. */
  static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256", e);
    }
  }
}
