package dev.refrain.topology.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refrain.processors.packing.ReadingSettings;
import dev.refrain.topology.config.Configuration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class StageSettingsTest {
  private final Configuration configuration =
      Configuration.load(
          Optional.empty(),
          List.of(
              "reader.prompt={context}Q: {question}",
              "recursion.prompt={context}Q: {question} C: {candidates}"));

  @Test
  void putsThePromptsOfBothPassesWhereAUserSpeaks() {
    ReadingSettings reading =
        StageSettings.of(configuration, 512, text -> "<user>" + text + "<assistant>").reading();
    Map<String, String> slots = Map.of("context", "P. ", "question", "Who?", "candidates", "Ada;");

    assertThat(reading.reader().fill(slots)).isEqualTo("<user>P. Q: Who?<assistant>");
    assertThat(reading.chooser().fill(slots)).isEqualTo("<user>P. Q: Who? C: Ada;<assistant>");
    assertThat(StageSettings.of(configuration, 512, UnaryOperator.identity()).reading().reader())
        .hasToString("PromptTemplate[text={context}Q: {question}]");
  }

  @Test
  void refusesATemplateThatLeavesOutWhatAUserSays() {
    assertThatThrownBy(() -> StageSettings.of(configuration, 512, _ -> "<assistant>"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'<assistant>' has no slot {context}");
  }
}
