/**
 * How work for a pool is asked for: content-addressed requests. Start with {@link
 * dev.refrain.processors.work.WorkRequests}.
 */
@NullMarked
package dev.refrain.processors.work;

import org.jspecify.annotations.NullMarked;
