package dev.refrain.topology.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadingIT {
  /** 298 MB, half of them in matrices that the engine joins; the rest is embeddings and norms. */
  private static final RandomModel MODEL = new RandomModel(12, 768, 12, 4, 2048, 4096, 512);

  @TempDir private Path folder;

  @Test
  void growsByAtMostAFifthMoreThanTheWeights() throws IOException, InterruptedException {
    MODEL.writeFolder(folder);

    OptionalLong growth = LoadingProbe.growth(folder, 1);

    Assumptions.assumeTrue(growth.isPresent(), "the system does not tell peaks of memory");
    long bytes = ModelSize.of(folder).bytes();
    assertThat(bytes).isGreaterThan(250_000_000);
    assertThat((double) growth.getAsLong()).isBetween(0.9 * bytes, 1.2 * bytes);
  }
}
