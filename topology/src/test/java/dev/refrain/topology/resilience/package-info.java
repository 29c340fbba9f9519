/**
 * What becomes of many questions in flight when a process is killed, the broker is restarted or the
 * registry is away. Processes are JVMs of their own, and kills are SIGKILL. Start with {@link
 * dev.refrain.topology.resilience.TopologySurvivalIT}.
 */
@NullMarked
package dev.refrain.topology.resilience;

import org.jspecify.annotations.NullMarked;
