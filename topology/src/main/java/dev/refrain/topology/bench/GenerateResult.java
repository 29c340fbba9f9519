package dev.refrain.topology.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * What generation did, turn by turn.
 *
 * @param model what was measured
 * @param rounds turns of everything, at least one
 * @param loadingShare by how much resident memory grew at most while the model was loaded, as a
 *     share of its weights in float; null where the system does not tell or the model is small
 */
public record GenerateResult(String model, List<Round> rounds, @Nullable Double loadingShare) {

  /**
   * How fast one engine is alone, one request at a time.
   *
   * @param prefill tokens of a prompt read a second, its first new token included
   * @param decode tokens generated a second
   */
  public record Speed(double prefill, double decode) {}

  /**
   * One turn of everything.
   *
   * @param decoding bytes a second: those that the machine reads from memory, between them those of
   *     the weights that decoding one sequence reads
   * @param reading floating-point operations a second: those of the machine's fastest product,
   *     between them those of reading a prompt
   * @param own Refrain's speed
   * @param peers that of the other engines, by name
   * @param precisions that of Refrain in other precisions, by name
   * @param many requests in flight together
   */
  public record Round(
      Interleaved decoding,
      Interleaved reading,
      Speed own,
      Map<String, Speed> peers,
      Map<String, Speed> precisions,
      Many many) {
    public Round {
      peers = new TreeMap<>(peers);
      precisions = new TreeMap<>(precisions);
    }

    /** The speed of a peer or another precision. */
    public Speed of(String name) {
      return Objects.requireNonNull(
          peers.containsKey(name) ? peers.get(name) : precisions.get(name), name);
    }
  }

  /**
   * Requests in flight together.
   *
   * @param tokens generated a second by all of them together
   * @param overhead share of their time outside the engine's calls
   * @param forkShare time of one prompt with many samples, as a share of that of as many requests
   *     with prompts of their own, in flight together
   * @param forkShareInTurn the same beside as many requests one after another
   */
  public record Many(double tokens, double overhead, double forkShare, double forkShareInTurn) {}

  public GenerateResult {
    rounds = List.copyOf(rounds);
  }

  /** The median over the rounds. */
  public double median(ToDoubleFunction<Round> value) {
    return Median.of(rounds.stream().mapToDouble(value));
  }

  /** Bytes that the machine read from memory a second: the median of all probes. */
  public double readBytes() {
    return Median.of(probes(Round::decoding));
  }

  /** Floating-point operations of the machine's fastest product a second, likewise. */
  public double operations() {
    return Median.of(probes(Round::reading));
  }

  private DoubleStream probes(Function<Round, Interleaved> turns) {
    return rounds.stream()
        .flatMap(round -> turns.apply(round).probes().stream())
        .mapToDouble(Double::doubleValue);
  }

  /**
   * Bytes of weights that decoding reads a second, as a share of those that the machine reads: of
   * all stretches of all rounds, each beside its own probes.
   */
  @JsonProperty
  public Quartiles decodeShare() {
    return shares(Round::decoding);
  }

  /** Operations a second of reading a prompt, as a share of those of products, likewise. */
  @JsonProperty
  public Quartiles prefillShare() {
    return shares(Round::reading);
  }

  private Quartiles shares(Function<Round, Interleaved> turns) {
    return Quartiles.of(rounds.stream().flatMapToDouble(round -> turns.apply(round).shares()));
  }

  /** Names of the other engines. */
  public Set<String> peers() {
    return rounds.getFirst().peers().keySet();
  }

  /** Names of the other precisions. */
  public Set<String> precisions() {
    return rounds.getFirst().precisions().keySet();
  }

  /**
   * How many times as fast as a peer, or as itself in another precision, this engine is: the median
   * of the rounds' ratios.
   */
  public double times(String other, ToDoubleFunction<Speed> speed) {
    return median(round -> speed.applyAsDouble(round.own()) / speed.applyAsDouble(round.of(other)));
  }

  /**
   * Tokens a second of requests together, as a multiple of what the fastest peer decodes for one:
   * the median of the rounds' ratios; empty without peers.
   */
  public OptionalDouble manyTimesBestPeer() {
    if (peers().isEmpty()) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(median(round -> round.many().tokens() / bestPeer(round)));
  }

  private static double bestPeer(Round round) {
    return round.peers().values().stream().mapToDouble(Speed::decode).max().orElseThrow();
  }
}
