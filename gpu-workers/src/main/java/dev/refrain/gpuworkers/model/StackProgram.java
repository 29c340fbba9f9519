package dev.refrain.gpuworkers.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.refrain.gpuworkers.engine.ProgramText;
import dev.refrain.gpuworkers.engine.TorchDevice;
import dev.refrain.gpuworkers.engine.TorchProgram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A stack in the engine: the sections of {@code encoder.torchscript} and {@code
 * decoder.torchscript} that its description names, with its numbers and places for its weights.
 */
final class StackProgram {
  static final String CLASS = "Stack";

  private final Stack stack;
  private final boolean reads;
  private final Map<String, Object> further;
  private final List<Slot> slots;

  private StackProgram(
      Stack stack,
      boolean reads,
      Map<String, Object> further,
      List<DecoderWeights.Weight> weights) {
    this.stack = stack;
    this.reads = reads;
    this.further = further;
    this.slots =
        Stream.concat(
                weights.stream().map(DecoderWeights.Weight::slot),
                reads ? Stream.of(Slot.OUTPUT) : Stream.empty())
            .distinct()
            .toList();
  }

  /** An encoder. */
  static StackProgram encoder(Stack stack) {
    return new StackProgram(stack, false, Map.of(), StackWeights.encoder(stack));
  }

  /**
   * A decoder that reads an encoder.
   *
   * @param tied whether the encoder's token embedding is also the output matrix
   */
  static StackProgram reader(Stack stack, boolean tied) {
    double logitScale = tied ? 1 / Math.sqrt(stack.sizes().hidden()) : 1;
    return new StackProgram(
        stack, true, Map.of("logitScale", logitScale), StackWeights.reader(stack, tied));
  }

  /**
   * The program, still without weights.
   *
   * @return what the caller closes
   */
  TorchProgram compile(TorchDevice device) {
    TorchProgram program = TorchProgram.compile(source(), CLASS, attributes(), device);
    bucketsShape()
        .ifPresent(
            shape -> {
              NDArray zeros = program.manager().zeros(shape, DataType.INT64);
              var unused = program.number("prepare_buckets", zeros);
            });
    return program;
  }

  /** Of the table that {@code prepare_buckets} fills; empty where positions are learned. */
  Optional<Shape> bucketsShape() {
    return switch (stack.positions()) {
      case Stack.Learned _ -> Optional.empty();
      case Stack.Relative relative -> Optional.of(new Shape(2L * relative.maxDistance() + 1));
    };
  }

  /** The source that {@link #compile} compiles. */
  String source() {
    return ProgramText.read(StackProgram.class, DecoderProgram.TEXT, "encoder.torchscript")
            .compose(CLASS, attributes(), sections())
        + DecoderProgram.adopters(slots);
  }

  /** The attributes that {@link #compile} compiles it with. */
  Map<String, Object> attributes() {
    Stack.Sizes sizes = stack.sizes();
    Map<String, Object> attributes = new LinkedHashMap<>();
    slots.forEach(slot -> attributes.put(slot.list(), TorchProgram.TENSOR_LIST));
    attributes.put("layers", (long) sizes.layers());
    attributes.put("heads", (long) sizes.heads());
    attributes.put("headSize", (long) sizes.head());
    attributes.put("epsilon", stack.epsilon());
    attributes.putAll(further);
    switch (stack.positions()) {
      case Stack.Learned learned -> {
        attributes.put("scale", 1 / Math.sqrt(sizes.head()));
        attributes.put("firstPosition", (long) learned.first());
      }
      case Stack.Relative relative -> {
        int ahead = reads ? 0 : relative.buckets() / 2;
        int behind = relative.buckets() - ahead;
        int exact = behind / 2;
        attributes.put("scale", 1.0);
        attributes.put("buckets", TorchProgram.TENSOR_LIST);
        attributes.put("maxDistance", (long) relative.maxDistance());
        attributes.put("bucketsAhead", (long) ahead);
        attributes.put("bucketsBehind", (long) behind);
        attributes.put("exact", (long) exact);
        attributes.put("logSpan", Math.log((double) relative.maxDistance() / exact));
      }
    }
    return attributes;
  }

  private List<String> sections() {
    String biases = stack.biased() ? "biased" : "plain";
    Products products = Products.PLAIN;
    List<String> sections =
        new ArrayList<>(List.of("weights", products.section(), products.numbers(), "stack"));
    sections.add(reads ? "reader" : "encoder");
    sections.add(stack.norm().section());
    sections.add("attention in: " + biases);
    sections.add("attention out: " + biases);
    sections.add("feed-forward: " + feedForward());
    sections.add(stack.feedForward().activation().section());
    if (stack.positions() instanceof Stack.Relative) {
      sections.add("distances");
    }
    if (!reads) {
      sections.add("embedding");
      sections.add("encoder norms: " + (stack.normsAfter() ? "after" : "before"));
      switch (stack.positions()) {
        case Stack.Learned learned -> {
          sections.add("encoder positions: learned");
          sections.add("segments: " + (learned.segments() > 0 ? "first" : "none"));
        }
        case Stack.Relative relative -> sections.add("encoder positions: relative");
      }
    }
    return sections;
  }

  private String feedForward() {
    if (stack.feedForward().gated()) {
      return "gated";
    }
    return stack.biased() ? "plain" : "without biases";
  }
}
