package dev.refrain.gpuworkers.model;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.refrain.gpuworkers.engine.TorchProgram;
import java.util.LinkedHashMap;
import java.util.Map;

/** The decoder in the engine: {@code llama.torchscript} with the shape of one model. */
final class LlamaProgram {
  private LlamaProgram() {}

  /**
   * The program, still without weights.
   *
   * @return what the caller closes
   */
  static TorchProgram of(ModelConfig config) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("weights", TorchProgram.TENSOR_LIST);
    attributes.put("rotary", TorchProgram.TENSOR_LIST);
    attributes.put("layers", (long) config.numLayers());
    attributes.put("heads", (long) config.numHeads());
    attributes.put("kvHeads", (long) config.numKvHeads());
    attributes.put("headSize", (long) config.headSize());
    attributes.put("epsilon", config.rmsNormEpsilon());
    attributes.put("smear", config.keySmear());
    return TorchProgram.load(LlamaProgram.class, "llama.torchscript", "Llama", attributes);
  }

  /** Gives the program its next weight, all zeros; filled in place afterwards. */
  static void reserve(TorchProgram program, LlamaWeights.Weight weight) {
    var unused = program.number("adopt", program.manager().zeros(new Shape(weight.shape())));
  }

  /** Computes the rotary tables, once all weights are there. */
  static void finish(TorchProgram program, ModelConfig config) {
    Shape shape = new Shape(config.contextLength(), config.headSize() / 2);
    NDManager manager = program.manager();
    var unused =
        program.number(
            "prepare_rotary", manager.zeros(shape), manager.zeros(shape), config.ropeTheta());
  }
}
