package dev.refrain.topology.bench;

import dev.refrain.gpuworkers.engine.MachineSpeed;
import dev.refrain.gpuworkers.model.EngineSettings;
import dev.refrain.gpuworkers.model.Precision;
import dev.refrain.topology.bench.GenerateResult.Many;
import dev.refrain.topology.bench.GenerateResult.Round;
import dev.refrain.topology.bench.GenerateResult.Speed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Generation beside what the machine gives and beside other engines. All take turns in every round,
 * so that what slows the machine for a while slows them all; each ratio is one of the same round,
 * and those to the machine's limits are of the same second or two.
 *
 * @param settings of Refrain's engine
 * @param sizes how much is generated
 * @param beside other precisions of Refrain's engine that take turns with it
 */
public record GenerateBench(EngineSettings settings, Sizes sizes, List<Precision> beside) {
  private static final int SHORT_PROMPT = 16;
  private static final int REQUESTS = 16;

  /** How often decoding takes turns with probes in a round. */
  private static final int STRETCHES = 16;

  /** How often reading a prompt does. */
  private static final int READINGS = 8;

  /** Of smaller models, what the JVM allocates meanwhile would be measured. */
  private static final long SMALLEST_TO_LOAD = 100_000_000;

  public GenerateBench {
    beside = List.copyOf(beside);
  }

  /**
   * How much is generated.
   *
   * @param promptTokens of a long prompt; fewer where the context is short
   * @param newTokens of each sequence
   * @param rounds turns of everything
   */
  public record Sizes(int promptTokens, int newTokens, int rounds) {
    public Sizes {
      positive(promptTokens, "promptTokens");
      positive(newTokens, "newTokens");
      positive(rounds, "rounds");
    }

    private static void positive(int value, String name) {
      if (value < 1) {
        throw new IllegalArgumentException("%s is %d, must be 1 or more".formatted(name, value));
      }
    }
  }

  /**
   * Measures a random model, and peers beside.
   *
   * @param scratch where models are written; empty
   * @param progress takes a line for each part that is done
   */
  public GenerateResult run(RandomModel model, Peers peers, Path scratch, Consumer<String> progress)
      throws IOException, InterruptedException {
    Path folder = scratch.resolve("random");
    model.writeFolder(folder);
    List<Contestant> others = peers.start(model, folder, settings.threads(), progress);
    try {
      return run("random", folder, others, progress);
    } finally {
      others.forEach(Contestant::close);
    }
  }

  /**
   * Measures the model of a folder.
   *
   * @param scratch where it is copied to, its weights linked; empty
   * @param progress takes a line for each part that is done
   */
  public GenerateResult run(String name, Path folder, Path scratch, Consumer<String> progress)
      throws IOException, InterruptedException {
    return run(name, EndlessModel.copy(folder, scratch.resolve(name)), List.of(), progress);
  }

  private GenerateResult run(
      String name, Path folder, List<Contestant> others, Consumer<String> progress)
      throws IOException, InterruptedException {
    ModelSize size = ModelSize.of(folder);
    OptionalLong growth = LoadingProbe.growth(folder, settings.threads());
    progress.accept(name + ": loaded alone");
    List<Round> rounds = new ArrayList<>();
    List<Contestant> precisions = new ArrayList<>();
    try (MachineSpeed machine = MachineSpeed.prepare(settings.threads());
        OwnEngine own = OwnEngine.load("refrain", folder, settings)) {
      for (Precision other : beside) {
        String called = "refrain " + other.name().toLowerCase(Locale.ROOT);
        precisions.add(OwnEngine.load(called, folder, settings.with(other)));
      }
      Turn turn = new Turn(new BesideMachine(machine, own, size), others, precisions);
      turn.warmUp();
      progress.accept(name + ": warm");
      for (int round = 1; round <= sizes.rounds(); round++) {
        rounds.add(turn.run(round));
        progress.accept("%s: round %d of %d".formatted(name, round, sizes.rounds()));
      }
    } finally {
      precisions.forEach(Contestant::close);
    }
    return new GenerateResult(name, rounds, loadingShare(growth, size));
  }

  private static @Nullable Double loadingShare(OptionalLong growth, ModelSize size) {
    boolean told = growth.isPresent() && size.bytes() >= SMALLEST_TO_LOAD;
    return told ? growth.getAsLong() / (double) size.bytes() : null;
  }

  /** One model's rounds. */
  private final class Turn {
    private final BesideMachine machine;
    private final OwnEngine own;
    private final List<Contestant> peers;
    private final List<Contestant> precisions;
    private final int promptTokens;

    Turn(BesideMachine machine, List<Contestant> peers, List<Contestant> precisions) {
      this.machine = machine;
      this.own = machine.own();
      this.peers = peers;
      this.precisions = precisions;
      this.promptTokens =
          Math.min(sizes.promptTokens(), own.contextLength() - sizes.newTokens() - 2);
    }

    void warmUp() throws IOException {
      var unused =
          List.of(
              decoding(1, 0),
              machine.reading(1, promptTokens, 0),
              speed(own, 0),
              speeds(peers, 0),
              speeds(precisions, 0));
    }

    Round run(int round) throws IOException {
      return new Round(
          decoding(STRETCHES, round),
          machine.reading(READINGS, promptTokens, round),
          speed(own, round),
          speeds(peers, round),
          speeds(precisions, round),
          many(round));
    }

    private Interleaved decoding(int stretches, int round) throws IOException {
      return machine.decoding(stretches, Math.max(1, sizes.newTokens() / STRETCHES), round);
    }

    private Map<String, Speed> speeds(List<Contestant> contestants, int round) throws IOException {
      Map<String, Speed> speeds = new HashMap<>();
      for (Contestant contestant : contestants) {
        speeds.put(contestant.name(), speed(contestant, round));
      }
      return speeds;
    }

    private Speed speed(Contestant contestant, int round) throws IOException {
      String read = own.prompt(promptTokens, round);
      double prefill = promptTokens / contestant.seconds(read, 1);
      String begin = own.prompt(SHORT_PROMPT, round);
      double first = contestant.seconds(begin, 1);
      double all = contestant.seconds(begin, 1 + sizes.newTokens());
      return new Speed(prefill, sizes.newTokens() / (all - first));
    }

    private Many many(int round) throws IOException {
      int newTokens = sizes.newTokens();
      OwnEngine.Taken together =
          own.together(own.prompts(REQUESTS, SHORT_PROMPT, round), newTokens);
      List<String> prompts = own.prompts(REQUESTS, promptTokens, round);
      double forked = own.forked(prompts.getFirst(), REQUESTS, newTokens).seconds();
      double apart = own.apart(prompts, newTokens).seconds();
      double inTurn = REQUESTS * own.apart(prompts.subList(0, 1), newTokens).seconds();
      return new Many(
          REQUESTS * newTokens / together.seconds(),
          together.share(),
          forked / apart,
          forked / inTurn);
    }
  }
}
