/** What joins the rooms: the only composition root. */
@NullMarked
package dev.refrain.topology;

import org.jspecify.annotations.NullMarked;
