package dev.refrain.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.schemas.avro.Question;
import dev.refrain.schemas.registry.SchemaRegistry;
import dev.refrain.schemas.serde.TopicCodec;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/**
 * Reads and writes what Confluent's own serializer writes. The bytes were made with confluent-kafka
 * 2.16.0 for Python, over its mock registry, which gave the schema id 1:
 *
 * <pre>
 * AvroSerializer(client, open("Question.avsc").read())(
 *     {"id": "q1", "text": "Who wrote “Faust”?", "task": "qa",
 *      "askedAt": datetime.fromtimestamp(1700000000.123, timezone.utc),
 *      "deadline": datetime.fromtimestamp(1700000060.123, timezone.utc),
 *      "attributes": {"lang": "en"}},
 *     SerializationContext("qa.questions", MessageField.VALUE)).hex()
 * </pre>
 */
class ConfluentWireFormatTest {
  private static final byte[] CONFLUENT =
      HexFormat.of()
          .parseHex(
              "0000000001"
                  + "0471312c57686f2077726f746520e2809c4661757374e2809d3f04716"
                  + "1f6a1abfef96202b6cbb2fef96202086c616e6704656e00");

  private final TopicCodec<Question> codec =
      new TopicCodec<>(Question.getClassSchema(), new RegistryOfOne());
  private final Question question =
      new Question(
          "q1",
          "Who wrote “Faust”?",
          "qa",
          Instant.ofEpochMilli(1_700_000_000_123L),
          Instant.ofEpochMilli(1_700_000_060_123L),
          Map.of("lang", "en"));

  @Test
  void readsWhatConfluentWrites() {
    assertThat(codec.decode(CONFLUENT)).isEqualTo(question);
  }

  @Test
  void writesWhatConfluentWrites() {
    assertThat(codec.encode("qa.questions", question)).isEqualTo(CONFLUENT);
  }

  /** Gives every schema the id that the mock registry gave. */
  private static final class RegistryOfOne implements SchemaRegistry {
    @Override
    public int register(String subject, Schema schema) {
      return 1;
    }

    @Override
    public Schema schema(int id) {
      return Question.getClassSchema();
    }

    @Override
    public void close() {}
  }
}
