/** What is trained: the small networks that connect to the frozen models. */
@NullMarked
package dev.refrain.connectors;

import org.jspecify.annotations.NullMarked;
