package dev.refrain.topology.bench;

import dev.refrain.gpuworkers.model.Architecture;
import dev.refrain.gpuworkers.model.DecoderModel;
import dev.refrain.gpuworkers.model.EngineSettings;
import dev.refrain.gpuworkers.model.Initialisation;
import dev.refrain.gpuworkers.model.ModelConfig;
import dev.refrain.gpuworkers.model.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The process that {@link #growth} starts: loads a model and writes down by how many bytes its
 * resident memory grew at most meanwhile. The engine has started before, so that the JVM and
 * PyTorch do not count.
 */
public final class LoadingProbe {
  private static final ModelConfig SMALL =
      new ModelConfig(
          8, 8, 8, 1, 1, 1, 8, 8, true, null, List.of(), Architecture.llama(1e-5, 10_000));

  private LoadingProbe() {}

  /**
   * Loads a model in a process of its own.
   *
   * @return by how many bytes its resident memory grew at most; empty where the system does not
   *     tell
   * @throws IOException if it fails; what it says on standard error goes to this one's
   */
  static OptionalLong growth(Path folder, int threads) throws IOException, InterruptedException {
    Path told = Files.createTempFile("refrain-loading", ".txt");
    List<String> command = new ArrayList<>(OwnProgram.java(LoadingProbe.class));
    command.addAll(List.of(folder.toString(), Integer.toString(threads), told.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      if (process.waitFor() != 0) {
        throw new IOException("loading %s alone failed".formatted(folder));
      }
      String growth = Files.readString(told);
      return growth.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(growth));
    } finally {
      process.destroyForcibly();
      Files.deleteIfExists(told);
    }
  }

  /** Arguments: the model's folder, threads, and a file for the number, which stays empty else. */
  public static void main(String[] arguments) throws IOException {
    EngineSettings settings = new EngineSettings(Integer.parseInt(arguments[1]));
    DecoderModel.untrained(SMALL, new Initialisation(1, 1), settings).close();
    long self = ProcessHandle.current().pid();
    OptionalLong before = ResidentMemory.resetPeak(self);
    ModelFolder folder = ModelFolder.open(Path.of(arguments[0]));
    try (DecoderModel _ = DecoderModel.load(folder, settings)) {
      OptionalLong peak = ResidentMemory.peak(self);
      if (before.isPresent() && peak.isPresent()) {
        long growth = peak.getAsLong() - before.getAsLong();
        Files.writeString(Path.of(arguments[2]), Long.toString(growth));
      }
    }
  }
}
