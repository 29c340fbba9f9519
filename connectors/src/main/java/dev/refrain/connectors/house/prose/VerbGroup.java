package dev.refrain.connectors.house.prose;

import dev.refrain.connectors.house.prose.Verbs.Verb;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A verb with what belongs to it, as in {@link Clause}.
 *
 * @param end where its phrases begin
 */
record VerbGroup(
    @Nullable Token auxiliary,
    List<Token> middle,
    @Nullable Token word,
    @Nullable Verb verb,
    int end) {}
