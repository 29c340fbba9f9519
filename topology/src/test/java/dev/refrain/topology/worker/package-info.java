/**
 * Workers against real brokers: what share groups do, and what the unit tests' fakes only believe.
 * Start with {@link dev.refrain.topology.worker.WorkerIT}.
 */
@NullMarked
package dev.refrain.topology.worker;

import org.jspecify.annotations.NullMarked;
