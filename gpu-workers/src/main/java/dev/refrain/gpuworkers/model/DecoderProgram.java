package dev.refrain.gpuworkers.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.refrain.gpuworkers.engine.ProgramText;
import dev.refrain.gpuworkers.engine.TorchDevice;
import dev.refrain.gpuworkers.engine.TorchProgram;
import dev.refrain.gpuworkers.model.Architecture.Learned;
import dev.refrain.gpuworkers.model.Architecture.Rotary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A decoder in the engine: the sections of {@code decoder.torchscript} that its architecture names,
 * with its numbers and its weights.
 */
final class DecoderProgram {
  static final String TEXT = "decoder.torchscript";

  private static final String CLASS = "Decoder";
  private static final String ADOPT =
      """

        def adopt_%1$s(self, weight: Tensor) -> int:
          self.%1$s.append(%2$s)
          return len(self.%1$s)
      """;

  private final ModelConfig config;
  private final Architecture architecture;
  private final Products products;

  private DecoderProgram(ModelConfig config, Products products) {
    this.config = config;
    this.products = products;
    this.architecture = config.architecture();
  }

  /**
   * The program, still without weights.
   *
   * @return what the caller closes
   */
  static TorchProgram of(ModelConfig config, Products products, TorchDevice device) {
    DecoderProgram program = new DecoderProgram(config, products);
    return TorchProgram.compile(program.source(), CLASS, program.attributes(), device);
  }

  /** The attributes that {@link #of} compiles it with. */
  static Map<String, Object> attributes(ModelConfig config, Products products) {
    return new DecoderProgram(config, products).attributes();
  }

  /** The source that {@link #of} compiles. */
  static String source(ModelConfig config, Products products) {
    return new DecoderProgram(config, products).source();
  }

  /**
   * Gives the program a weight, all zeros; filled in place afterwards.
   *
   * @return the weight, which belongs to the program
   */
  static NDArray reserve(TorchProgram program, DecoderWeights.Weight weight) {
    NDArray zeros = program.manager().zeros(new Shape(weight.shape()));
    adopt(program, weight.slot(), zeros);
    return zeros;
  }

  /** Gives the program a weight, which it packs where its products want that. */
  static void adopt(TorchProgram program, Slot slot, NDArray weight) {
    var unused = program.number("adopt_" + slot.list(), weight);
  }

  /** Computes the rotary tables, once all weights are there. */
  static void finish(TorchProgram program, ModelConfig config) {
    if (config.architecture().positions() instanceof Rotary positions) {
      RotaryProgram rotary = RotaryProgram.of(positions, config.headSize());
      int tables = rotary.tables();
      Shape shape = new Shape((long) tables * config.contextLength(), rotary.size());
      NDManager manager = program.manager();
      var unused =
          program.number("prepare_rotary", manager.zeros(shape), manager.zeros(shape), tables);
    }
  }

  private String source() {
    return ProgramText.read(DecoderProgram.class, TEXT).compose(CLASS, attributes(), sections())
        + adopters(slots());
  }

  /** The methods that {@link #adopt} calls. */
  static String adopters(List<Slot> slots) {
    return slots.stream().map(DecoderProgram::adopting).collect(Collectors.joining());
  }

  private static String adopting(Slot slot) {
    return ADOPT.formatted(slot.list(), slot.product() ? "self.packed(weight)" : "weight");
  }

  private List<Slot> slots() {
    return DecoderWeights.of(config).stream().map(DecoderWeights.Weight::slot).distinct().toList();
  }

  private Map<String, Object> attributes() {
    Architecture.Attention attention = architecture.attention();
    double scalar = attention.scalar() > 0 ? attention.scalar() : config.headSize();
    Map<String, Object> attributes = new LinkedHashMap<>();
    slots()
        .forEach(
            slot ->
                attributes.put(
                    slot.list(), slot.product() ? products.list() : TorchProgram.TENSOR_LIST));
    attributes.put("layers", (long) config.numLayers());
    attributes.put("heads", (long) config.numHeads());
    attributes.put("kvHeads", (long) config.numKvHeads());
    attributes.put("headSize", (long) config.headSize());
    attributes.put("spare", (long) spare(config));
    attributes.put("numbers", (long) products.positions().scalarType());
    attributes.put("epsilon", architecture.norms().epsilon());
    attributes.put("scale", 1 / Math.sqrt(scalar));
    attributes.put("smearing", attention.keySmear());
    attributes.put("cap", attention.cap());
    attributes.put("embeddingScale", architecture.embeddingScale());
    attributes.put("logitCap", architecture.logitCap());
    Windows windows = attention.windows();
    if (windows.size() > 0) {
      attributes.put("window", (long) windows.size());
      attributes.put("windowed", windows.layers().stream().map(has -> has ? 1L : 0L).toList());
    }
    if (architecture.positions() instanceof Rotary positions) {
      RotaryProgram rotary = RotaryProgram.of(positions, config.headSize());
      attributes.put("rotary", TorchProgram.TENSOR_LIST);
      attributes.put("rotarySize", (long) rotary.size());
      attributes.put("theta", positions.theta());
      attributes.put("amplitude", positions.scaling().amplitude());
      attributes.putAll(rotary.numbers());
    }
    return attributes;
  }

  /** Places of a cache that hold no position. */
  static int spare(ModelConfig config) {
    return config.architecture().attention().keySmear() > 0 ? 1 : 0;
  }

  private List<String> sections() {
    Architecture.Attention attention = architecture.attention();
    List<String> sections = new ArrayList<>();
    sections.addAll(List.of("weights", "embedding", "always"));
    sections.addAll(List.of(products.section(), products.numbers()));
    sections.add("layer: norms " + (architecture.norms().after() ? "before and after" : "before"));
    sections.add(architecture.norms().kind().section());
    sections.add("attention in: " + (attention.inputBias() ? "biased" : "plain"));
    sections.add("attention out: " + (attention.outputBias() ? "biased" : "plain"));
    sections.add("heads: " + (architecture.norms().heads() ? "normed" : "plain"));
    sections.add("keys: " + (attention.keySmear() > 0 ? "smeared" : "plain"));
    sections.add("windows: " + (attention.windows().size() > 0 ? "some" : "none"));
    sections.add("attention: " + (attention.cap() > 0 ? "capped" : "fused"));
    sections.add("feed-forward: " + (architecture.feedForward().gated() ? "gated" : "plain"));
    sections.add(architecture.feedForward().activation().section());
    sections.add("logits: " + (architecture.logitCap() > 0 ? "capped" : "plain"));
    switch (architecture.positions()) {
      case Rotary rotary -> {
        sections.add("embeddings: " + (architecture.embeddingScale() == 1 ? "plain" : "scaled"));
        sections.addAll(RotaryProgram.of(rotary, config.headSize()).sections());
      }
      case Learned learned -> {
        sections.add("embeddings: placed");
        sections.add("positions: learned");
      }
    }
    return sections;
  }
}
