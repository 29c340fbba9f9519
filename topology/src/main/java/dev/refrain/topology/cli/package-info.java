/**
 * The command line. A command parses, builds, calls and prints; what it calls is elsewhere. Here,
 * and only here, the environment and the clock are read and the process ends. Start with {@link
 * dev.refrain.topology.cli.Refrain}.
 */
@NullMarked
package dev.refrain.topology.cli;

import org.jspecify.annotations.NullMarked;
