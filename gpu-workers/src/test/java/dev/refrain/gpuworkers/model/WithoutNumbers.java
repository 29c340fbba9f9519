package dev.refrain.gpuworkers.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.refrain.gpuworkers.engine.TorchDevice;
import dev.refrain.gpuworkers.engine.TorchProgram;
import java.util.List;
import java.util.Map;

/**
 * A program on PyTorch's device {@code meta}, whose tensors have shape and type and no numbers.
 * What some operations make of shape and type PyTorch knows in Python alone; they are composed of
 * others here, which take the same tensors.
 */
record WithoutNumbers(TorchProgram program) implements AutoCloseable {
  private static final String IN_PYTHON =
      "embedding|index_select|take|relu|roll|layer_norm|logical_not|masked_fill|attention";

  private static final String COMPOSED =
      """

        def embedding_without_numbers(self, table: Tensor, ids: Tensor) -> Tensor:
          return torch.index(table, annotate(List[Optional[Tensor]], [ids]))

        def index_select_without_numbers(self, x: Tensor, dim: int, ids: Tensor) -> Tensor:
          places = annotate(List[Optional[Tensor]], [])
          for _ in range(dim):
            places.append(None)
          places.append(ids)
          return torch.index(x, places)

        def take_without_numbers(self, numbers: Tensor, places: Tensor) -> Tensor:
          return torch.index(numbers, annotate(List[Optional[Tensor]], [places]))

        def relu_without_numbers(self, x: Tensor) -> Tensor:
          return torch.clamp(x, 0)

        def roll_without_numbers(self, x: Tensor, shifts: List[int], dims: List[int]) -> Tensor:
          kept = torch.size(x, dims[0]) - shifts[0]
          end = torch.narrow(x, dims[0], kept, shifts[0])
          return torch.cat([end, torch.narrow(x, dims[0], 0, kept)], dims[0])

        def layer_norm_without_numbers(self, x: Tensor, size: List[int], weight: Tensor, bias: Tensor, epsilon: float) -> Tensor:
          return x * weight + bias

        def logical_not_without_numbers(self, x: Tensor) -> Tensor:
          return torch.eq(x, 0)

        def masked_fill_without_numbers(self, x: Tensor, mask: Tensor, value: float) -> Tensor:
          return x + mask

        def attention_without_numbers(self, q: Tensor, keys: Tensor, values: Tensor, mask: Optional[Tensor], dropout: float, causal: bool, scale: float) -> Tensor:
          scores = torch.matmul(q, torch.transpose(torch.sum(keys, [1], True), 2, 3))
          if mask is not None:
            scores = scores + unchecked_cast(Tensor, mask)
          return torch.matmul(scores, torch.sum(values, [1], True))
      """;

  /** Compiles a program that has the section of weights. */
  static WithoutNumbers compile(String source, String className, Map<String, Object> attributes) {
    String composed =
        source
            .replace("scaled_dot_product_attention", "attention")
            .replace(", enable_gqa=True)", ")")
            .replaceAll("torch\\.(%s)\\(".formatted(IN_PYTHON), "self.$1_without_numbers(");
    return new WithoutNumbers(
        TorchProgram.compile(composed + COMPOSED, className, attributes, TorchDevice.CPU));
  }

  /** Calls a method. */
  NDArray call(String method, Object... arguments) {
    return program.tensor(program.manager(), method, arguments);
  }

  /** Gives the program weights, where they are tied the first one again. */
  void adopt(List<DecoderWeights.Weight> weights, ElementType type) {
    for (DecoderWeights.Weight weight : weights) {
      long[] shape = (weight.tied() ? weights.getFirst() : weight).shape();
      DecoderProgram.adopt(program, weight.slot(), numbers(type, shape));
    }
  }

  /** Numbers of a type, none of them there. */
  NDArray numbers(ElementType type, long... shape) {
    return moved(program.manager().zeros(new Shape(shape)), type.scalarType());
  }

  /** Whole numbers, none of them there. */
  NDArray wholeNumbers(long... shape) {
    int int64 = 4;
    return moved(program.manager().zeros(new Shape(shape), DataType.INT64), int64);
  }

  private NDArray moved(NDArray array, int type) {
    return call("placed", array, "meta", type);
  }

  @Override
  public void close() {
    program.close();
  }
}
