/**
 * Whether a model folder can be used, tried as far as that goes without loading weights. Start with
 * {@link dev.refrain.gpuworkers.check.ModelCheck}.
 */
@NullMarked
package dev.refrain.gpuworkers.check;

import org.jspecify.annotations.NullMarked;
