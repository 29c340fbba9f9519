/**
 * The loop that serves a pool: takes work requests from a share group, has them done in batches,
 * writes the results and then acknowledges. Knows what a request asks for, nothing of how the
 * question goes on. Start with {@link dev.refrain.gpuworkers.pool.Worker}.
 */
@NullMarked
package dev.refrain.gpuworkers.pool;

import org.jspecify.annotations.NullMarked;
