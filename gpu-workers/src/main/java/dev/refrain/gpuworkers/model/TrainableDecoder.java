package dev.refrain.gpuworkers.model;

import ai.djl.ndarray.NDArray;
import dev.refrain.gpuworkers.engine.TorchProgram;
import java.util.List;

/**
 * A program whose weights gradients flow through.
 *
 * @param program closed by whoever has this
 * @param weights in the program's order, a shared one once; they belong to the program
 */
record TrainableDecoder(TorchProgram program, List<NDArray> weights) {
  TrainableDecoder {
    weights = List.copyOf(weights);
  }
}
