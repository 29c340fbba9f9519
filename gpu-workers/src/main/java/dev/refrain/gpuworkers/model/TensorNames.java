package dev.refrain.gpuworkers.model;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a family calls its tensors in safetensors files, {@code .weight} and {@code .bias} left out.
 * Immutable.
 *
 * @param names for each slot the stored tensors that are joined there, row under row, so that
 *     projections which read the same input are one matrix product; {@code *} stands for the number
 *     of the layer
 * @param transposed whether a layer's matrices are stored columns first
 */
record TensorNames(Map<Slot, List<String>> names, boolean transposed) {
  /** As {@code LlamaForCausalLM} and most after it. */
  static final TensorNames LLAMA =
      new TensorNames(Map.of(), false)
          .with(Slot.EMBEDDING, "model.embed_tokens")
          .with(Slot.LAST_NORM, "model.norm")
          .with(Slot.OUTPUT, "lm_head")
          .with(Slot.ATTENTION_NORM, "model.layers.*.input_layernorm")
          .with(
              Slot.QUERIES_KEYS_VALUES,
              "model.layers.*.self_attn.q_proj",
              "model.layers.*.self_attn.k_proj",
              "model.layers.*.self_attn.v_proj")
          .with(Slot.ATTENTION_OUTPUT, "model.layers.*.self_attn.o_proj")
          .with(Slot.FEED_FORWARD_NORM, "model.layers.*.post_attention_layernorm")
          .with(Slot.GATE_UP, "model.layers.*.mlp.gate_proj", "model.layers.*.mlp.up_proj")
          .with(Slot.DOWN, "model.layers.*.mlp.down_proj");

  TensorNames {
    names = Map.copyOf(names);
  }

  /** The same with other tensors in one slot. */
  TensorNames with(Slot slot, String... stored) {
    Map<Slot, List<String>> changed = new EnumMap<>(Slot.class);
    changed.putAll(names);
    changed.put(slot, List.of(stored));
    return new TensorNames(changed, transposed);
  }

  /** The tensors of a slot in a layer. */
  List<String> of(Slot slot, int layer) {
    List<String> stored = names.get(slot);
    if (stored == null) {
      throw new IllegalStateException("no tensor is named for " + slot);
    }
    return stored.stream().map(name -> name.replace("*", Integer.toString(layer))).toList();
  }
}
