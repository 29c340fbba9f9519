/**
 * What joins the rooms: the graph of a question's way, and in the packages below the broker, the
 * configuration, the command line and whatever else a process is composed of. The only composition
 * root: everything below it is handed what it needs, and building the graph does no I/O. Start with
 * {@link dev.refrain.topology.QaTopology}.
 */
@NullMarked
package dev.refrain.topology;

import org.jspecify.annotations.NullMarked;
