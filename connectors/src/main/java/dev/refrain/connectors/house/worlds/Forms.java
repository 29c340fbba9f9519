package dev.refrain.connectors.house.worlds;

import java.util.List;

/**
 * Forms of sentences or questions, those for training apart from those held out of it.
 *
 * @param training its own, from the relation's block
 * @param generic from the generic block, with the relation's noun
 * @param heldOut never in training
 */
record Forms(List<Line> training, List<Line> generic, List<Line> heldOut) {
  private static final double GENERIC = 0.2;

  /** One form: of the held out ones, or of the others, a fifth of them generic. */
  Wording pick(boolean fromHeldOut, Dice dice) {
    if (fromHeldOut) {
      return Line.pick(heldOut, dice);
    }
    boolean fromGeneric = training.isEmpty() || (!generic.isEmpty() && dice.chance(GENERIC));
    return Line.pick(fromGeneric ? generic : training, dice);
  }
}
