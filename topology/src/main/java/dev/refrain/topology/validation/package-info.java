/**
 * Tries what a configuration points at before anything is started on it: the index, the model, the
 * brokers and the registry. Changes nothing and starts nothing. Start with {@link
 * dev.refrain.topology.validation.Validation}.
 */
@NullMarked
package dev.refrain.topology.validation;

import org.jspecify.annotations.NullMarked;
