package dev.refrain.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refrain.schemas.TopicSpec;
import dev.refrain.schemas.Topics;
import dev.refrain.schemas.avro.Question;
import dev.refrain.schemas.serde.TopicCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Confluent's client against a real registry. */
class ConfluentRegistryIT {
  private static final Topics TOPICS =
      new Topics("qa.", 1, Duration.ofDays(7), Duration.ofDays(30));
  private static final List<String> WAITED = new ArrayList<>();

  private static ApicurioServer server;
  private static Map<String, Integer> ids;

  /** The first question goes to a registry that is only starting. */
  @BeforeAll
  static void startTheRegistryAndAskBeforeItIsUp() throws Exception {
    server = ApicurioServer.start();
    RegistryPatience patience =
        new RegistryPatience(
            Duration.ofMinutes(2),
            InstantSource.system(),
            (reason, pause) -> WAITED.add(reason.getMessage() + ", again in " + pause));
    try (SchemaRegistry registry = connect()) {
      assertThatThrownBy(() -> registry.schema(1))
          .isInstanceOf(RegistryUnavailableException.class)
          .hasMessageContaining(server.url());
      ids = patience.ask(() -> TopicSchemas.register(registry, TOPICS.all()));
    }
    server.requireBackwardCompatibility();
  }

  @AfterAll
  static void stopTheRegistry() {
    server.close();
  }

  @Test
  void waitsForARegistryThatIsNotUpYet() {
    assertThat(WAITED).isNotEmpty().allSatisfy(line -> assertThat(line).contains(server.url()));
  }

  @Test
  void readsEverySchemaThatItRegistered() {
    try (SchemaRegistry writer = connect();
        SchemaRegistry reader = connect()) {
      for (TopicSpec topic : TOPICS.all()) {
        int id = writer.register(topic.subject(), topic.schema());
        assertThat(ids).containsEntry(topic.subject(), id);
        assertThat(reader.schema(id)).as(topic.subject()).isEqualTo(topic.schema());
      }
    }
  }

  @Test
  void servesTheSchemaThatDecodesARecordOfRefrainWithoutItsClasses() throws IOException {
    byte[] bytes;
    try (SchemaRegistry registry = connect()) {
      bytes =
          new TopicCodec<Question>(Question.getClassSchema(), registry)
              .encode(TOPICS.questions().name(), question());
    }
    try (SchemaRegistry registry = connect()) {
      Schema writer = registry.schema(ByteBuffer.wrap(bytes).getInt(1));
      GenericRecord record =
          new GenericDatumReader<GenericRecord>(writer)
              .read(null, DecoderFactory.get().binaryDecoder(bytes, 5, bytes.length - 5, null));

      assertThat(record.get("id")).hasToString("q1");
      assertThat(record.get("text")).hasToString("Who wrote Faust?");
      assertThat(new TopicCodec<Question>(Question.getClassSchema(), registry).decode(bytes))
          .isEqualTo(question());
    }
  }

  @Test
  void acceptsACompatibleChangeAndRefusesAnIncompatibleOneByItsSubject() {
    String subject = "notes-value";
    Schema first = SchemaBuilder.record("Note").fields().requiredString("id").endRecord();
    Schema wider =
        SchemaBuilder.record("Note")
            .fields()
            .requiredString("id")
            .optionalString("author")
            .endRecord();
    Schema other =
        SchemaBuilder.record("Note").fields().requiredString("id").requiredLong("at").endRecord();
    try (SchemaRegistry registry = connect()) {
      int firstId = registry.register(subject, first);

      assertThat(registry.register(subject, wider)).isNotEqualTo(firstId);
      assertThatThrownBy(() -> registry.register(subject, other))
          .isInstanceOf(IncompatibleSchemaException.class)
          .hasMessageContaining("'" + subject + "'");
    }
  }

  @Test
  void tellsAnUnknownIdFromARegistryThatIsDown() {
    try (SchemaRegistry registry = connect()) {
      assertThatThrownBy(() -> registry.schema(123_456))
          .isInstanceOf(UnknownSchemaException.class)
          .hasMessageContaining("123456");
    }
  }

  private static SchemaRegistry connect() {
    return new ConfluentRegistry(RegistrySettings.open(server.url()));
  }

  private static Question question() {
    return new Question(
        "q1",
        "Who wrote Faust?",
        "qa",
        Instant.ofEpochMilli(1_000),
        Instant.ofEpochMilli(2_000),
        Map.of("lang", "en"));
  }
}
