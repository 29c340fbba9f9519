package dev.refrain.connectors.house;

import dev.refrain.connectors.house.worlds.Exercise;
import dev.refrain.connectors.house.worlds.Exercises;
import dev.refrain.connectors.house.worlds.Stage;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Invented worlds, and plain English where there is any, in a fixed mixture.
 *
 * @param worlds invented
 * @param prose made from plain English; null for none
 * @param proseShare share of prose, in [0, 1]
 * @param digest of everything that decides the texts
 */
public record TextSources(
    Exercises worlds, @Nullable Exercises prose, double proseShare, String digest)
    implements Exercises {

  @Override
  public Exercise exercise(long number, Stage stage) {
    if (prose != null && new SplittableRandom(~number).nextDouble() < proseShare) {
      return prose.exercise(number, stage);
    }
    return worlds.exercise(number, stage);
  }
}
