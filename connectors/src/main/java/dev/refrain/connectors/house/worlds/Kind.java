package dev.refrain.connectors.house.worlds;

/** What a question asks of its reader. */
public enum Kind {
  /** In words that the telling sentence shares. */
  DIRECT,
  /** In words of which the telling sentence shares few. */
  PARAPHRASED,
  /** About a subject that only another article names. */
  TWO_STEP,
  /** In two steps of which only the first is told; the answer is what it leads to. */
  HALF_TOLD,
  /** For the subject, by its fact. */
  INVERSE,
  /** For what no article tells. */
  UNANSWERABLE
}
