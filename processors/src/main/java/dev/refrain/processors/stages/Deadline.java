package dev.refrain.processors.stages;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.utils.Bytes;

/**
 * A key of the store that is ordered by deadline: eight big-endian bytes of milliseconds, then the
 * question id.
 *
 * @param at when something is due; not before 1970
 * @param questionId the question it is due for
 */
record Deadline(Instant at, String questionId) {

  Bytes key() {
    byte[] id = questionId.getBytes(StandardCharsets.UTF_8);
    return Bytes.wrap(
        ByteBuffer.allocate(Long.BYTES + id.length)
            .putLong(Math.max(0, at.toEpochMilli()))
            .put(id)
            .array());
  }

  static Deadline of(Bytes key) {
    ByteBuffer bytes = ByteBuffer.wrap(key.get());
    Instant at = Instant.ofEpochMilli(bytes.getLong());
    return new Deadline(at, StandardCharsets.UTF_8.decode(bytes).toString());
  }

  /** The first key. */
  static Bytes first() {
    return Bytes.wrap(new byte[Long.BYTES]);
  }

  /** The last key of all that is due before a time. */
  static Bytes before(Instant now) {
    return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(now.toEpochMilli()).array());
  }
}
