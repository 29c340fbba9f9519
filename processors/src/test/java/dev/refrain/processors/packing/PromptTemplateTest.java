package dev.refrain.processors.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PromptTemplateTest {
  @Test
  void neverLooksForSlotsInWhatFillsOne() {
    PromptTemplate template = new PromptTemplate("{question} {context}");

    assertThat(template.fill(Map.of("question", "what is {context} or $1\\?", "context", "C")))
        .isEqualTo("what is {context} or $1\\? C");
  }

  @Test
  void leavesOtherBracesAlone() {
    assertThat(new PromptTemplate("{\"a\": {other}} {question}").fill(Map.of("question", "q")))
        .isEqualTo("{\"a\": {other}} q");
  }

  @Test
  void saysWhichSlotIsMissing() {
    PromptTemplate template = new PromptTemplate("no slot");

    assertThatThrownBy(() -> template.requiring(List.of("question")))
        .hasMessageContaining("'no slot'")
        .hasMessageContaining("{question}");
  }
}
