/**
 * The trainer of everything that learns here: attachments in front of, between and behind frozen
 * models, and the house model itself. It knows parameters and a loss, and nothing of what they
 * mean. Start with {@link dev.refrain.connectors.training.Trainer}.
 */
@NullMarked
package dev.refrain.connectors.training;

import org.jspecify.annotations.NullMarked;
