/**
 * Invented worlds from which a small language model learns to read: articles about places, people
 * and things that do not exist, with questions whose answers must be found in them and copied. The
 * wording stands in the resource files beside this package, one block a relation; the classes only
 * cast subjects, tell their facts and ask. Start with {@link
 * dev.refrain.connectors.house.worlds.Worlds}.
 */
@NullMarked
package dev.refrain.connectors.house.worlds;

import org.jspecify.annotations.NullMarked;
