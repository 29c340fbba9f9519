package dev.refrain.topology.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.refrain.gpuworkers.generate.SpanConstraint;
import dev.refrain.topology.bench.SoakMix.Drawn;
import dev.refrain.topology.bench.SoakMix.Fate;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SoakMixTest {
  private static final int CONTEXT = 100;
  private static final int SLOTS = 4;
  private static final int DRAWS = 10_000;

  private final List<Drawn> drawn = draw(3);

  private static List<Drawn> draw(long seed) {
    SoakMix mix = new SoakMix(seed, CONTEXT, SLOTS);
    return Stream.generate(mix::next).limit(DRAWS).toList();
  }

  @Test
  void drawsTheSameFromTheSameSeed() {
    assertThat(draw(3)).isEqualTo(drawn);
    assertThat(draw(4)).isNotEqualTo(drawn);
  }

  @Test
  void mixesAllKinds() {
    assertShare(0.05, request -> request.fate() == Fate.REFUSED);
    assertShare(0.10, request -> request.fate() == Fate.DEADLINE);
    assertShare(0.10, request -> request.fate() == Fate.CANCELLED);
    assertShare(0.25, Drawn::prompted);
    assertShare(0.25, request -> request.spans() != null);
    // A quarter may have several samples, of which a quarter has one all the same; the others are
    // half of those refused, which have too many.
    assertShare(0.1875 * 0.975 + 0.025, request -> request.sampling().samples() > 1);
  }

  /** Within six standard deviations of a binomial share. */
  private void assertShare(double probability, Predicate<Drawn> kind) {
    double deviation = Math.sqrt(probability * (1 - probability) / DRAWS);
    assertThat(drawn.stream().filter(kind).count() / (double) DRAWS)
        .isCloseTo(probability, within(6 * deviation));
  }

  /** A prompt has at most a token more than it has letters; the bare model has more context. */
  @Test
  void onlyThoseToBeRefusedCannotFit() {
    assertThat(drawn)
        .allMatch(request -> fits(request, CONTEXT) == (request.fate() != Fate.REFUSED))
        .allMatch(request -> fits(request, 2 * CONTEXT) == (request.fate() != Fate.REFUSED))
        .allMatch(request -> request.patience() >= 0 && request.patience() < 2);
    assertThat(drawn).anyMatch(request -> request.prompt().length() > CONTEXT / 2 - 5);
  }

  private static boolean fits(Drawn request, int context) {
    return request.sampling().sequences() <= SLOTS
        && request.prompt().length() + 1 + request.sampling().maxNewTokens() <= context;
  }

  @Test
  void spansLieWithinTheirPrompts() {
    assertThat(drawn)
        .allSatisfy(
            request -> {
              if (request.spans() != null) {
                SpanConstraint.Range span = request.spans().sources().getFirst();
                assertThat(span.start()).isLessThan(span.end());
                assertThat(span.end()).isLessThanOrEqualTo(request.prompt().length());
              }
            });
  }
}
