package dev.refrain.connectors.house.prose;

import dev.refrain.connectors.house.worlds.Kind;
import java.util.Set;

/**
 * A question that rules made.
 *
 * @param titled whether the title's name stands in it
 * @param stems the words it is about, verbs in their base, the title's aside
 */
record Draft(String question, String answer, Kind kind, boolean titled, Set<String> stems) {}
