package dev.refrain.connectors.house;

import dev.refrain.connectors.house.worlds.Exercise;
import dev.refrain.connectors.house.worlds.Exercises;
import dev.refrain.connectors.house.worlds.Split;
import dev.refrain.connectors.house.worlds.Stage;
import dev.refrain.connectors.house.worlds.Worlds;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.function.Predicate;
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

  /**
   * Reads what there is.
   *
   * @param texts plain English to mix in
   * @param banned names and words that must not occur
   */
  static TextSources read(
      long seed, PlainEnglish texts, Predicate<String> banned, double proseShare)
      throws IOException {
    return new TextSources(
        new Worlds(seed, Split.TRAINING, banned),
        texts.exercises(seed, banned),
        proseShare,
        "seed %d, %s".formatted(seed, texts.digest()));
  }

  /** The same with other worlds. */
  TextSources withWorlds(Exercises others) {
    return new TextSources(others, prose, proseShare, digest);
  }

  @Override
  public Exercise exercise(long number, Stage stage) {
    if (prose != null && new SplittableRandom(~number).nextDouble() < proseShare) {
      return prose.exercise(number, stage);
    }
    return worlds.exercise(number, stage);
  }
}
