/**
 * Measures Refrain beside what it could cost at least, both sides in one run, how it starts, and
 * whether its memory grows. Nothing here is part of serving. Start with {@link
 * dev.refrain.topology.bench.PipelineBench}.
 */
@NullMarked
package dev.refrain.topology.bench;

import org.jspecify.annotations.NullMarked;
