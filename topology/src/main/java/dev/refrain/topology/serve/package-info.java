/**
 * Composes what runs: a broker, a registry, the topology with its index and tokenizer, and the
 * workers of the pools, each opened from its section of the configuration and closed in the
 * opposite order. Decides nothing about questions. Start with {@link
 * dev.refrain.topology.serve.Server}.
 */
@NullMarked
package dev.refrain.topology.serve;

import org.jspecify.annotations.NullMarked;
