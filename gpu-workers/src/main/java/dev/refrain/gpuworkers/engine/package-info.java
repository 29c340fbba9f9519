/**
 * Programs of the PyTorch engine: TorchScript source is packed into an archive at run time, loaded,
 * and called with arrays and numbers. It holds no network; each network brings its own source.
 * Start with {@link dev.refrain.gpuworkers.engine.TorchProgram}.
 */
@NullMarked
package dev.refrain.gpuworkers.engine;

import org.jspecify.annotations.NullMarked;
