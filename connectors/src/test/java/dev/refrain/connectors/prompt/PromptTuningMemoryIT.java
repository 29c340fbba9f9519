package dev.refrain.connectors.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import dev.refrain.connectors.training.Checkpoint;
import dev.refrain.connectors.training.Schedule;
import dev.refrain.connectors.training.Trainer;
import dev.refrain.connectors.training.TrainingOperations;
import dev.refrain.connectors.training.TrainingSettings;
import dev.refrain.gpuworkers.model.Architecture;
import dev.refrain.gpuworkers.model.DecoderModel;
import dev.refrain.gpuworkers.model.EngineSettings;
import dev.refrain.gpuworkers.model.Initialisation;
import dev.refrain.gpuworkers.model.ModelConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A training of 10,000 steps needs no more memory at its end than when it had settled. */
@EnabledOnOs(
    value = OS.LINUX,
    disabledReason = "resident memory is read from /proc/self/status, which only Linux has")
class PromptTuningMemoryIT {
  /** By then the hot methods are compiled and the engine's caches filled. */
  private static final long SETTLED = 2_000;

  private static final long STEPS = 10_000;
  private static final int LENGTH = 32;
  private static final int HIDDEN_SIZE = 64;
  private static final int LETTERS = 32;

  /**
   * 4 KiB a step: half of an array [P, C] of floats, which is the smallest that a step makes but
   * for single numbers and lists of tokens, and four times what compiler and allocator still took
   * where this was written.
   */
  private static final long RESIDENT_BOUND = 32L << 20;

  /** 130 bytes a step, less than the handle of one array and its entry in a manager. */
  private static final long HEAP_BOUND = 1L << 20;

  /** The collector gives pages back some time after it has run. */
  private static final Duration PAUSE = Duration.ofMillis(200);

  private static final int SAMPLES = 5;

  @TempDir private Path folder;

  /**
   * What a training holds.
   *
   * @param resident bytes of the process, the least of some samples
   * @param heap bytes in use after a collection, the least of as many
   * @param arrays of the engine that a manager owns
   */
  private record Memory(long resident, long heap, int arrays) {}

  @Test
  void doesNotGrowOverTenThousandSteps() {
    List<Memory> measured = new ArrayList<>();
    Examples examples =
        Examples.of(List.of(new Example("question", " yes"), new Example("quiz", " no")));
    PromptTokenizer tokenizer =
        new PromptTokenizer(PromptTuningMemoryIT::letters, PromptTuningMemoryIT::letters);
    try (TrainingOperations operations = new TrainingOperations();
        DecoderModel model = model();
        PromptTuning tuning =
            new PromptTuning(
                model.differentiable(),
                operations,
                tokenizer,
                examples,
                new PromptTuningSettings(LENGTH, 2, 9));
        Trainer trainer = new Trainer(tuning, settings(), operations)) {
      boolean finished =
          trainer.train(
              new Checkpoint(folder.resolve("checkpoint.safetensors")),
              100,
              step -> {
                if (step.step() == SETTLED || step.step() == STEPS) {
                  measured.add(memory(operations, model));
                }
              });
      assertThat(finished).isTrue();
    }

    Memory settled = measured.getFirst();
    Memory end = measured.getLast();
    assertThat(end.arrays()).as("arrays of the engine").isEqualTo(settled.arrays()).isPositive();
    assertThat(end.heap() - settled.heap()).as("growth of the heap").isLessThan(HEAP_BOUND);
    assertThat(end.resident() - settled.resident())
        .as("growth of the process")
        .isLessThan(RESIDENT_BOUND);
  }

  private static Memory memory(TrainingOperations operations, DecoderModel model) {
    try (NDManager training = operations.newManager();
        NDManager frozen = model.newManager()) {
      int arrays = arrays(training.getParentManager()) + arrays(frozen.getParentManager());
      long resident = Long.MAX_VALUE;
      long heap = Long.MAX_VALUE;
      for (int i = 0; i < SAMPLES; i++) {
        System.gc();
        LockSupport.parkNanos(PAUSE.toNanos());
        resident = Math.min(resident, resident());
        heap = Math.min(heap, heap());
      }
      return new Memory(resident, heap, arrays);
    }
  }

  private static long heap() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static int arrays(NDManager manager) {
    return manager.getManagedArrays().size();
  }

  /** VmRSS of proc_pid_status(5), in bytes. */
  private static long resident() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DecoderModel model() {
    return DecoderModel.untrained(
        new ModelConfig(
            LETTERS,
            HIDDEN_SIZE,
            64,
            1,
            4,
            4,
            16,
            64,
            true,
            null,
            List.of(),
            Architecture.llama(1e-5, 10000)),
        new Initialisation(0.2, 3),
        new EngineSettings(1));
  }

  private static int[] letters(String text) {
    return text.chars().map(letter -> letter % LETTERS).toArray();
  }

  private static TrainingSettings settings() {
    return new TrainingSettings(
        STEPS,
        2,
        2,
        Schedule.constant(0.03, 50),
        new TrainingSettings.Adam(0.9, 0.999, 1e-6, 0),
        1);
  }
}
