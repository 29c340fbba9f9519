package dev.refrain.gpuworkers.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refrain.gpuworkers.Fixture;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsFileTest {
  @TempDir Path temporary;

  /**
   * Bit patterns, subnormal numbers and infinities among them, beside what PyTorch widens them to.
   */
  @ParameterizedTest
  @ValueSource(strings = {"f16", "bf16", "f32"})
  void widensToTheBitsOfPyTorch(String name) throws IOException {
    Path file = Fixture.path("widening.safetensors");
    StoredTensor tensor = Objects.requireNonNull(SafetensorsFile.open(file).tensors().get(name));
    List<Double> expected = Fixture.numbers(Fixture.json("widening.json").get(name));

    float[] widened = new float[expected.size()];
    try (Arena arena = Arena.ofConfined();
        FileChannel channel = FileChannel.open(file)) {
      MemorySegment data = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      tensor.elementType().widen(data, tensor.position(), FloatBuffer.wrap(widened));
    }

    assertThat(tensor.shape()).containsExactly((long) expected.size());
    for (int i = 0; i < widened.length; i++) {
      assertThat(Float.floatToRawIntBits(widened[i])).isEqualTo(expected.get(i).intValue());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1000000000000000|1000000000000000",
        "-1|18446744073709551615",
        "1|claims a header of 1 bytes",
        "100|claims a header of 100 bytes"
      })
  void refusesAHeaderLengthThatTheFileCannotHold(long length, String message) throws IOException {
    assertThatThrownBy(() -> SafetensorsFile.open(file(length, "{}")))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining("weights.safetensors")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "not JSON at all|not valid JSON",
        "[1, 2]|no JSON object",
        "{\"a\": 3}|dtype, shape and two data_offsets",
        "{\"a\": {\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}|[0, 4), but the file holds 0",
        "{\"a\": {\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,4]}}|[8, 4)",
        "{\"a\": {\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,0]}}|whole numbers",
        "{\"a\": {\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,1e30]}}|whole numbers",
        "{\"a\": 1, \"a\": 2}|Duplicate"
      })
  void refusesADamagedHeader(String header, String message) throws IOException {
    assertThatThrownBy(() -> SafetensorsFile.open(file(header.length(), header)))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining("weights.safetensors")
        .hasMessageContaining(message);
  }

  @Test
  void refusesAFileTooShortForALength() throws IOException {
    Path file = temporary.resolve("weights.safetensors");
    Files.write(file, new byte[3]);

    assertThatThrownBy(() -> SafetensorsFile.open(file))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining("only 3 bytes");
  }

  private Path file(long headerLength, String header) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES + json.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(headerLength)
            .put(json);
    return Files.write(temporary.resolve("weights.safetensors"), bytes.array());
  }
}
