/**
 * Other engines, each behind a {@code main} that {@code refrain bench generate} starts as a process
 * of its own. No part of the product. Start with {@link dev.refrain.peers.Turns}.
 */
@NullMarked
package dev.refrain.peers;

import org.jspecify.annotations.NullMarked;
