package dev.refrain.gpuworkers.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.refrain.gpuworkers.engine.TorchProgram;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives programs the weights of a folder, which the engine maps: a weight that is computed with as
 * it is stored stays in its file, and of what must be joined, widened or packed there is one weight
 * twice at a time. The heap never holds any.
 *
 * @param program what the weights are for
 * @param files where they are stored
 */
record WeightLoader(TorchProgram program, WeightFiles files) {

  /** Gives the program its weights, for computing without gradients. */
  void adopt(ModelConfig config, Products products) {
    if (products.onCard()) {
      place(config, products.positions());
    } else {
      pack(config);
    }
    DecoderProgram.finish(program, config);
  }

  private void place(ModelConfig config, ElementType type) {
    try (NDManager loading = program.newProcessorManager()) {
      List<DecoderWeights.Weight> weights = DecoderWeights.of(config);
      NDArray room = loading.zeros(new Shape(room(weights)));
      NDArray embedding = placed(loading, weights.getFirst(), type, room);
      for (DecoderWeights.Weight weight : weights) {
        try (NDManager call = loading.newSubManager()) {
          NDArray array =
              weight.tied() || weight.slot() == Slot.EMBEDDING
                  ? embedding
                  : placed(call, weight, type, room);
          DecoderProgram.adopt(program, weight.slot(), array);
        }
      }
    }
  }

  private NDArray placed(
      NDManager owner, DecoderWeights.Weight weight, ElementType type, NDArray room) {
    try (NDManager call = owner.newSubManager()) {
      boolean asStored = weight.parts().size() == 1 && !weight.transposed();
      NDArray array =
          asStored ? stored(call, weight.parts().getFirst()) : joined(call, weight, room);
      return program.tensor(owner, "placed", array, program.device().toString(), type.scalarType());
    }
  }

  private void pack(ModelConfig config) {
    List<DecoderWeights.Weight> weights = DecoderWeights.of(config);
    try (NDManager loading = program.newProcessorManager()) {
      NDArray none = loading.zeros(new Shape(0));
      NDArray room = loading.zeros(new Shape(room(weights)));
      for (DecoderWeights.Weight weight : weights) {
        DecoderWeights.Weight source = weight.tied() ? weights.getFirst() : weight;
        try (NDManager call = loading.newSubManager()) {
          NDArray array =
              weight.slot() == Slot.EMBEDDING
                  ? stored(call, source.parts().getFirst())
                  : joined(call, source, weight.slot().product() ? room : none);
          DecoderProgram.adopt(program, weight.slot(), array);
        }
      }
    }
  }

  /** Joining in the same room leaves no gaps in memory, as many blocks of a few megabytes would. */
  private static long room(List<DecoderWeights.Weight> weights) {
    return weights.stream()
        .filter(weight -> weight.slot().product() && !weight.tied())
        .filter(weight -> weight.slot() != Slot.OUTPUT)
        .mapToLong(DecoderWeights.Weight::size)
        .max()
        .orElse(0);
  }

  /**
   * Gives a decoder copies of its weights that may be part of graphs.
   *
   * @return as {@link #copy(List)}
   */
  List<NDArray> copy(ModelConfig config) {
    List<NDArray> weights = copy(DecoderWeights.of(config));
    DecoderProgram.finish(program, config);
    return weights;
  }

  /**
   * Gives the program copies of weights that may be part of graphs.
   *
   * @param described the weights, where some are tied the token embedding first
   * @return the copies, a shared one once; they belong to the program
   */
  List<NDArray> copy(List<DecoderWeights.Weight> described) {
    List<NDArray> weights = new ArrayList<>();
    for (DecoderWeights.Weight weight : described) {
      if (weight.tied()) {
        DecoderProgram.adopt(program, weight.slot(), weights.getFirst());
      } else {
        NDArray target = DecoderProgram.reserve(program, weight);
        try (NDManager call = program.newProcessorManager()) {
          NDArray none = call.zeros(new Shape(0));
          var unused = program.number("copy", target, joined(call, weight, none));
        }
        weights.add(target);
      }
    }
    return weights;
  }

  private NDArray joined(NDManager owner, DecoderWeights.Weight weight, NDArray room) {
    List<NDArray> parts = weight.parts().stream().map(part -> stored(owner, part)).toList();
    return program.tensor(owner, "joined", parts, weight.transposed(), weight.shape(), room);
  }

  /** Older writers did not pad the header: numbers that lie across words go through the heap. */
  private NDArray stored(NDManager owner, DecoderWeights.Part part) {
    StoredTensor tensor = files.tensor(part.name());
    long[] shape = part.shape().stream().mapToLong(Long::longValue).toArray();
    int bytes = tensor.elementType().bytes();
    if (tensor.position() % bytes != 0) {
      float[] numbers = SafetensorsFile.open(tensor.file()).numbers(tensor.name());
      return owner.create(numbers, new Shape(shape));
    }
    return program.tensor(
        owner,
        "stored",
        tensor.file().toString(),
        (tensor.position() + tensor.length()) / bytes,
        tensor.position() / bytes,
        tensor.elementType().scalarType(),
        shape);
  }
}
