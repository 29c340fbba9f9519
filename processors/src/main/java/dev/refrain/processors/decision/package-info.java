/**
 * What to do after a pass: emit, abstain or recurse. Sees signals, never text. Start with {@link
 * dev.refrain.processors.decision.ThresholdPolicy}.
 */
@NullMarked
package dev.refrain.processors.decision;

import org.jspecify.annotations.NullMarked;
