/**
 * The second source of the house model's exercises: plain English text. Openings of articles are
 * read once, then for each exercise their names and numbers are replaced by invented ones and
 * questions are made from their sentences by rules. Start with {@link
 * dev.refrain.connectors.house.prose.ProseExercises}.
 */
@NullMarked
package dev.refrain.connectors.house.prose;

import org.jspecify.annotations.NullMarked;
