package dev.refrain.gpuworkers.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.gpuworkers.Fixture;
import dev.refrain.gpuworkers.model.Batching;
import dev.refrain.gpuworkers.model.EngineSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Thousands of requests, some cancelled, some too late, need no more memory than the first ones.
 */
@EnabledOnOs(
    value = OS.LINUX,
    disabledReason = "resident memory is read from /proc/self/status, which only Linux has")
class GenerationEngineMemoryIT {
  /** Requests between two looks at the memory. */
  private static final int ROUND = 3_000;

  private static final int IN_FLIGHT = 24;

  /** Under 1.4 KiB a request: a seventeenth of the smallest cache that one has. */
  private static final long RESIDENT_BOUND = 4L << 20;

  private record Memory(int arrays, long resident) {}

  @Test
  void doesNotGrowOverThousandsOfRequests() {
    EngineSettings settings = new EngineSettings(1, Batching.EXACT, 1 << 20, 8, 64);
    try (LanguageModel model = LanguageModel.load(Fixture.path(Fixture.GROUPED_F32), settings);
        GenerationEngine engine = model.engine(InstantSource.system())) {
      // In the first round code is generated for products of each width; its look lets the heap
      // settle.
      Memory first = memory(model, engine, 0);
      Memory settled = memory(model, engine, 1);
      Memory end = memory(model, engine, 2);

      assertThat(end.arrays()).as("arrays of the engine").isEqualTo(first.arrays()).isPositive();
      assertThat(end.resident() - settled.resident())
          .as("growth of the process")
          .isLessThan(RESIDENT_BOUND);
      assertThat(engine.counters().kvBytes()).isZero();
    }
  }

  private static void serve(GenerationEngine engine, int from, int to) {
    List<CompletableFuture<Generation>> inFlight = new ArrayList<>();
    for (int i = from; i < to; i++) {
      inFlight.add(engine.submit(request(i)));
      if (i % 7 == 0) {
        inFlight.removeLast().cancel(true);
      }
      if (inFlight.size() == IN_FLIGHT) {
        inFlight.removeFirst().join();
      }
    }
    inFlight.forEach(CompletableFuture::join);
    engine.submit(request(1)).join();
  }

  private static GenerationRequest request(int i) {
    Instant deadline = i % 5 == 0 ? Instant.now().plusMillis(i % 20) : null;
    Sampling sampling = new Sampling(i % 2 == 0, 1 + i % 4, 1, 0.9, 1 + i % 13, List.of("x"), i);
    return new GenerationRequest("text ".repeat(i % 9), sampling, deadline);
  }

  private static Memory memory(LanguageModel model, GenerationEngine engine, int round) {
    serve(engine, round * ROUND, (round + 1) * ROUND);
    long resident = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      LockSupport.parkNanos(200_000_000);
      resident = Math.min(resident, resident());
    }
    return new Memory(model.arrays(), resident);
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
}
