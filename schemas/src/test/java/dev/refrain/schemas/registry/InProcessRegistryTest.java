package dev.refrain.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InProcessRegistryTest {
  private static final String SUBJECT = "notes-value";
  private static final Schema FIRST =
      SchemaBuilder.record("Note").fields().requiredString("id").endRecord();
  private static final Schema WIDER =
      SchemaBuilder.record("Note")
          .fields()
          .requiredString("id")
          .optionalString("author")
          .endRecord();
  private static final Schema OTHER =
      SchemaBuilder.record("Note").fields().requiredString("id").requiredLong("at").endRecord();

  @TempDir Path folder;

  @Test
  void knowsAfterARestartWhatWasRegisteredBefore() {
    int first = InProcessRegistry.in(folder).register(SUBJECT, FIRST);
    int wider = InProcessRegistry.in(folder).register(SUBJECT, WIDER);

    InProcessRegistry restarted = InProcessRegistry.in(folder);
    assertThat(restarted.schema(first)).isEqualTo(FIRST);
    assertThat(restarted.schema(wider)).isEqualTo(WIDER);
    assertThatThrownBy(() -> restarted.register(SUBJECT, OTHER))
        .isInstanceOf(IncompatibleSchemaException.class)
        .hasMessageContaining("'" + SUBJECT + "'");
  }

  @Test
  void agreesOnIdsWithAProcessThatSharesNothing() {
    assertThat(InProcessRegistry.in(folder).register(SUBJECT, FIRST))
        .isEqualTo(InProcessRegistry.inMemory().register("another-value", FIRST))
        .isPositive();
  }

  @Test
  void findsWhatAnotherProcessRegisteredMeanwhile() {
    InProcessRegistry reader = InProcessRegistry.in(folder);
    int id = InProcessRegistry.in(folder).register(SUBJECT, FIRST);

    assertThat(reader.schema(id)).isEqualTo(FIRST);
  }

  @Test
  void refusesByTheSchemaThatAnotherProcessRegisteredMeanwhile() {
    InProcessRegistry slow = InProcessRegistry.in(folder);
    slow.register(SUBJECT, FIRST);
    InProcessRegistry.in(folder).register(SUBJECT, WIDER);
    Schema authorAsNumber =
        SchemaBuilder.record("Note")
            .fields()
            .requiredString("id")
            .optionalLong("author")
            .endRecord();

    assertThatThrownBy(() -> slow.register(SUBJECT, authorAsNumber))
        .isInstanceOf(IncompatibleSchemaException.class);
  }

  @Test
  void keepsAnOlderSchemaOfTheSubjectReadable() {
    InProcessRegistry registry = InProcessRegistry.inMemory();
    int first = registry.register(SUBJECT, FIRST);
    registry.register(SUBJECT, WIDER);

    assertThat(registry.register(SUBJECT, FIRST)).isEqualTo(first);
    assertThat(registry.schema(first)).isEqualTo(FIRST);
  }

  @Test
  void saysWhichIdIsUnknown() {
    assertThatThrownBy(() -> InProcessRegistry.in(folder).schema(42))
        .isInstanceOf(UnknownSchemaException.class)
        .hasMessageContaining("42");
  }
}
