package dev.refrain.gpuworkers.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TorchDeviceTest {

  @ParameterizedTest
  @CsvSource({"cpu,cpu", "cuda,cuda:0", "cuda:0,cuda:0", "cuda:12,cuda:12"})
  void isNamedAsPyTorchNamesIt(String name, String full) {
    assertThat(TorchDevice.named(name)).hasToString("Optional[%s]".formatted(full));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gpu", "CUDA", "cpu:0", "cuda:", "cuda:-1", "cuda:1x", "cuda:9999"})
  void isNamedByNothingElse(String name) {
    assertThat(TorchDevice.named(name)).isEmpty();
  }

  /** No machine has so many cards. */
  @Test
  void saysWhatIsThereWhereItIsNot() {
    assertThatCode(TorchDevice.CPU::require).doesNotThrowAnyException();
    assertThatThrownBy(
            () ->
                TorchProgram.compile(
                    "class Empty(Module):\n  training : bool\n",
                    "Empty",
                    Map.of(),
                    new TorchDevice(99)))
        .isInstanceOf(AbsentDeviceException.class)
        .hasMessageStartingWith("Device cuda:99 cannot be used: ")
        .hasMessageContaining("the processor, cpu, is always there")
        .hasMessageEndingWith("a Refrain built with ./mvnw -Pcuda package.");
  }
}
