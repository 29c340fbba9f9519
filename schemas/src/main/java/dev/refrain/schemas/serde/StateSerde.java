package dev.refrain.schemas.serde;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Serdes for state stores: Avro's single-object encoding, which carries the schema's fingerprint
 * and needs no registry. Safe for use by many threads.
 */
public final class StateSerde {
  private StateSerde() {}

  /** A serde from a generated class's encoder and decoder; null stays null. */
  public static <T> Serde<T> of(BinaryMessageEncoder<T> encoder, BinaryMessageDecoder<T> decoder) {
    Serializer<T> serializer =
        (topic, value) -> {
          try {
            return value == null ? null : bytes(encoder.encode(value));
          } catch (IOException e) {
            throw new UncheckedIOException("Cannot encode state for " + topic, e);
          }
        };
    Deserializer<T> deserializer =
        (topic, bytes) -> {
          try {
            return bytes == null ? null : decoder.decode(bytes);
          } catch (IOException e) {
            throw new UncheckedIOException("Cannot decode state of " + topic, e);
          }
        };
    return Serdes.serdeFrom(serializer, deserializer);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
