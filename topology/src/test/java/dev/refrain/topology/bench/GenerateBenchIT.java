package dev.refrain.topology.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.gpuworkers.model.EngineSettings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateBenchIT {
  private static final RandomModel MODEL = new RandomModel(2, 32, 4, 2, 64, 300, 64);

  @TempDir private Path folder;

  @Test
  void measuresDecodingAndReadingBetweenProbes() throws Exception {
    MODEL.writeFolder(folder.resolve("model"));
    GenerateBench bench =
        new GenerateBench(new EngineSettings(1), new GenerateBench.Sizes(16, 8, 1), List.of());

    GenerateResult result = bench.run("tiny", folder.resolve("model"), folder, _ -> {});

    assertThat(result.rounds())
        .hasSize(1)
        .allMatch(round -> round.decoding().stretches().size() == 16)
        .allMatch(round -> round.reading().stretches().size() == 8);
    assertThat(result.decodeShare().lower()).isPositive();
    assertThat(result.prefillShare().lower()).isPositive();
  }
}
