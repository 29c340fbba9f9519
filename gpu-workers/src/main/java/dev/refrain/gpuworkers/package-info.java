/** What is frozen: language models, generation and the worker loop. */
@NullMarked
package dev.refrain.gpuworkers;

import org.jspecify.annotations.NullMarked;
