package dev.refrain.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refrain.schemas.avro.Question;
import dev.refrain.schemas.registry.InProcessRegistry;
import dev.refrain.schemas.serde.TopicCodec;
import dev.refrain.schemas.serde.UndecodableRecordException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicCodecTest {
  private final InProcessRegistry registry = InProcessRegistry.inMemory();
  private final TopicCodec<Question> codec = new TopicCodec<>(Question.getClassSchema(), registry);
  private final Question question =
      new Question(
          "q1", "Who?", "qa", Instant.ofEpochMilli(1_000), Instant.ofEpochMilli(2_000), Map.of());

  @Test
  void returnsWhatWasWritten() {
    assertThat(codec.decode(codec.encode("qa.questions", question))).isEqualTo(question);
  }

  @Test
  void writesTheConfluentHeader() {
    byte[] bytes = codec.encode("qa.questions", question);
    int id = registry.register("qa.questions-value", Question.getClassSchema());

    assertThat(Arrays.copyOf(bytes, 5)).containsExactly(0, id >>> 24, id >>> 16, id >>> 8, id);
  }

  @Test
  void saysWhatIsWrongWithForeignBytes() {
    assertThatThrownBy(() -> codec.decode(new byte[] {'{', '"'}))
        .isInstanceOf(UndecodableRecordException.class)
        .hasMessageContaining("2 bytes, the first 0x7b");
    assertThatThrownBy(() -> codec.decode(new byte[] {0, 0, 0, 0, 9, 1}))
        .isInstanceOf(UndecodableRecordException.class)
        .hasMessageContaining("id 9");
  }

  @Test
  void refusesATruncatedRecord() {
    byte[] bytes = codec.encode("qa.questions", question);

    assertThatThrownBy(() -> codec.decode(Arrays.copyOf(bytes, bytes.length - 4)))
        .isInstanceOf(UndecodableRecordException.class)
        .hasMessageContaining("Not a Question");
  }
}
