/**
 * The first minutes of a new user: a small corpus and questions to it, both in this package's
 * resources. Start with {@link dev.refrain.topology.quickstart.Quickstart}.
 */
@NullMarked
package dev.refrain.topology.quickstart;

import org.jspecify.annotations.NullMarked;
