package dev.refrain.schemas.serde;

import dev.refrain.schemas.registry.SchemaRegistry;
import dev.refrain.schemas.registry.UnknownSchemaException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes and reads one type of record in the Confluent wire format: a zero byte, the schema id as
 * four big-endian bytes, Avro binary. Registers the type's schema under {@code <topic>-value} at
 * the first write to a topic; reads records of any registered writer schema. Safe for use by many
 * threads.
 */
public final class TopicCodec<T extends SpecificRecord> {
  private static final byte MAGIC = 0;
  private static final int HEADER_BYTES = 1 + Integer.BYTES;
  private static final int ROOM = 256;

  private final Schema schema;
  private final SchemaRegistry registry;
  private final SpecificDatumWriter<T> writer;
  private final Map<Integer, SpecificDatumReader<T>> readers = new ConcurrentHashMap<>();
  private final Map<String, Integer> ids = new ConcurrentHashMap<>();

  /** Length of the last record written, for the next is often as long. */
  private volatile int lastLength;

  /**
   * @param schema schema of the generated class {@code T}
   */
  public TopicCodec(Schema schema, SchemaRegistry registry) {
    this.schema = schema;
    this.registry = registry;
    this.writer = new SpecificDatumWriter<>(schema, withCustomCoders(schema));
  }

  /**
   * The type's own model, but writing passages and candidates, the bulk of most records, with the
   * code that Avro generates for plain records instead of field by field from the schema. The bytes
   * are the same.
   */
  private static SpecificData withCustomCoders(Schema schema) {
    SpecificData model = new SpecificData();
    SpecificData.getForSchema(schema).getConversions().forEach(model::addLogicalTypeConversion);
    model.setCustomCoders(true);
    return model;
  }

  /** The bytes of a record for a topic. */
  public byte[] encode(String topic, T value) {
    int id = ids.computeIfAbsent(topic, t -> registry.register(t + "-value", schema));
    ByteArrayOutputStream out = new ByteArrayOutputStream(lastLength + ROOM);
    out.write(MAGIC);
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    try {
      writer.write(value, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot encode a record for topic " + topic, e);
    }
    lastLength = out.size();
    return out.toByteArray();
  }

  /**
   * The record in the bytes.
   *
   * @throws UndecodableRecordException if the bytes are not such a record
   * @throws dev.refrain.schemas.registry.RegistryUnavailableException if the writer's schema cannot
   *     be asked for now
   */
  public T decode(byte[] bytes) {
    if (bytes.length < HEADER_BYTES || bytes[0] != MAGIC) {
      throw new UndecodableRecordException(
          "Not in the Confluent wire format: %d bytes, the first %s; expected 0x00 and a schema id."
              .formatted(
                  bytes.length, bytes.length == 0 ? "missing" : "0x%02x".formatted(bytes[0])));
    }
    int id = ByteBuffer.wrap(bytes).getInt(1);
    try {
      SpecificDatumReader<T> reader = reader(id);
      BinaryDecoder decoder =
          DecoderFactory.get()
              .binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, null);
      synchronized (reader) {
        return read(reader, decoder);
      }
    } catch (UnknownSchemaException e) {
      throw new UndecodableRecordException(String.valueOf(e.getMessage()), e);
    } catch (IOException
        | AvroRuntimeException
        | IndexOutOfBoundsException
        | UnsupportedOperationException e) {
      throw new UndecodableRecordException(
          "Not a %s of schema id %d: %s".formatted(schema.getName(), id, e), e);
    }
  }

  private T read(SpecificDatumReader<T> reader, BinaryDecoder decoder) throws IOException {
    T value = reader.read(null, decoder);
    if (!decoder.isEnd()) {
      throw new AvroRuntimeException("bytes left over after the record");
    }
    return value;
  }

  private SpecificDatumReader<T> reader(int id) {
    return readers.computeIfAbsent(id, i -> new SpecificDatumReader<>(registry.schema(i), schema));
  }

  /**
   * This codec as Kafka's serializer and deserializer; null stays null. Closing it does nothing.
   */
  public Serde<T> serde() {
    Serializer<T> serializer = (topic, value) -> value == null ? null : encode(topic, value);
    Deserializer<T> deserializer = (topic, bytes) -> bytes == null ? null : decode(bytes);
    return Serdes.serdeFrom(serializer, deserializer);
  }
}
