package dev.refrain.gpuworkers.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgramTextTest {
  private final ProgramText text = ProgramText.read(ProgramTextTest.class, "sections.torchscript");

  @Test
  void joinsTheSectionsThatAreAskedForAndTypesTheAttributes() {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("numbers", List.of(2L, 40L));
    attributes.put("shares", List.of(0.5, 0.25));
    attributes.put("tensors", TorchProgram.TENSOR_LIST);

    String source = text.compose("Sum", attributes, List.of("total", "twice"));

    assertThat(source)
        .contains("numbers : List[int]", "shares : List[float]", "tensors : List[Tensor]")
        .contains("* 2")
        .doesNotContain("* 3", "for readers");
    try (TorchProgram program = TorchProgram.compile(source, "Sum", attributes, TorchDevice.CPU)) {
      assertThat(program.number("total")).as("2 (2 + 40) + 1 / 0.25").isEqualTo(88);
    }
  }

  @Test
  void namesTheSectionsThatThereAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> text.compose("Sum", Map.of(), List.of("four times")))
        .withMessageContaining("no section 'four times'")
        .withMessageContaining("thrice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> text.compose("Sum", Map.of("empty", List.of()), List.of()))
        .withMessageContaining("attribute [] has no type");
  }
}
