package dev.refrain.topology.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TypedLinesTest {
  @Test
  @Timeout(10)
  void endAtABlankLineOrTheEndOfTheInput() throws Exception {
    TypedLines blank = lines(" Where is Zürich? \n\nnever read\n");
    assertThat(blank.next()).contains("Where is Zürich?");
    assertThat(blank.next()).isEmpty();
    assertThat(lines("").next()).isEmpty();
  }

  @Test
  @Timeout(10)
  void canBeInterruptedWhileNothingIsTyped() throws Exception {
    try (PipedOutputStream keyboard = new PipedOutputStream()) {
      TypedLines lines = TypedLines.from(new PipedInputStream(keyboard));
      Thread.currentThread().interrupt();
      assertThatThrownBy(lines::next).isInstanceOf(InterruptedException.class);
    }
  }

  private static TypedLines lines(String text) {
    return TypedLines.from(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
