package dev.refrain.topology.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.refrain.topology.bench.GenerateResult.Many;
import dev.refrain.topology.bench.GenerateResult.Round;
import dev.refrain.topology.bench.GenerateResult.Speed;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GenerateResultTest {
  /**
   * A round while the machine gave 10 and one while it gave 20: decoding took 8, 9 and 14, 12 of
   * it, shares 0.8, 0.9, 0.7 and 0.6; reading half of everything.
   */
  @Test
  void sumsUpTheSharesOfAllStretches() throws IOException {
    GenerateResult result =
        new GenerateResult("m", List.of(round(10, 8, 9), round(20, 14, 12)), null);

    assertThat(result.readBytes()).isEqualTo(20);
    JsonNode json = new JsonMapper().readTree(new JsonMapper().writeValueAsString(result));
    assertThat(json.at("/decodeShare/lower").asDouble()).isCloseTo(0.675, within(1e-12));
    assertThat(json.at("/decodeShare/median").asDouble()).isCloseTo(0.75, within(1e-12));
    assertThat(json.at("/decodeShare/upper").asDouble()).isCloseTo(0.825, within(1e-12));
    assertThat(json.at("/prefillShare/median").asDouble()).isEqualTo(0.5);
    assertThat(json.at("/rounds/1/decoding/stretches/0").asDouble()).isEqualTo(14);
  }

  private static Round round(double gives, double first, double second) {
    List<Double> probes = List.of(gives, gives, gives);
    return new Round(
        new Interleaved(probes, List.of(first, second)),
        new Interleaved(probes, List.of(gives / 2, gives / 2)),
        new Speed(1, 1),
        Map.of(),
        Map.of(),
        new Many(1, 0, 0, 0));
  }
}
