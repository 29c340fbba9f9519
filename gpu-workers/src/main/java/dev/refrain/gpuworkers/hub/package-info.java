/**
 * Models from a server that speaks the Hugging Face Hub's HTTP interface, and the folder where
 * those that were pulled are kept. A pull is resumable and checksummed; a folder in its final place
 * is whole. Start with {@link dev.refrain.gpuworkers.hub.ModelPull}.
 */
@NullMarked
package dev.refrain.gpuworkers.hub;

import org.jspecify.annotations.NullMarked;
