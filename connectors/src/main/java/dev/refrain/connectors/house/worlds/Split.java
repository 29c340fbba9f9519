package dev.refrain.connectors.house.worlds;

/** What of an exercise training has never seen. */
public enum Split {
  /** Nothing: the names and forms of training. */
  TRAINING,
  /** The invented names. */
  HELD_OUT_NAMES,
  /** The invented names and the forms of the sentences. */
  HELD_OUT_SENTENCES,
  /** The invented names and the forms of the questions; no {@link Kind#INVERSE} ones are asked. */
  HELD_OUT_QUESTIONS
}
