package dev.refrain.gpuworkers.model;

import dev.refrain.gpuworkers.model.Architecture.Rotary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What rotary positions add to a program.
 *
 * @param rotary the positions
 * @param size R, how many dimensions of a head turn
 * @param whole whether all of them do
 */
record RotaryProgram(Rotary rotary, int size, boolean whole) {
  static RotaryProgram of(Rotary rotary, int headSize) {
    int size = rotary.size(headSize);
    return new RotaryProgram(rotary, size, size == headSize);
  }

  /** How many tables of cosines and sines there are. */
  int tables() {
    return rotary.scaling() instanceof RopeScaling.LongRope ? 2 : 1;
  }

  List<String> sections() {
    List<String> sections = new ArrayList<>();
    sections.add("positions: rotary");
    sections.add(whole ? "turn: whole heads" : "turn: parts of heads");
    sections.add(tables() == 1 ? "tables: one" : "tables: by length");
    sections.add(
        switch (rotary.scaling()) {
          case RopeScaling.None none -> "frequencies: default";
          case RopeScaling.Linear linear -> "frequencies: linear";
          case RopeScaling.Llama3 llama3 -> "frequencies: llama3";
          case RopeScaling.Yarn yarn -> "frequencies: yarn";
          case RopeScaling.LongRope longRope -> "frequencies: longrope";
        });
    return sections;
  }

  Map<String, Object> numbers() {
    return switch (rotary.scaling()) {
      case RopeScaling.None none -> Map.of();
      case RopeScaling.Linear linear -> Map.of("factor", linear.factor());
      case RopeScaling.Llama3 llama3 ->
          Map.of(
              "factor",
              llama3.factor(),
              "lowFactor",
              llama3.lowFactor(),
              "highFactor",
              llama3.highFactor(),
              "originalContext",
              (long) llama3.originalContext());
      case RopeScaling.Yarn yarn ->
          Map.of(
              "factor",
              yarn.factor(),
              "rampStart",
              yarn.rampStart(rotary.theta(), size),
              "rampEnd",
              yarn.rampEnd(rotary.theta(), size));
      case RopeScaling.LongRope longRope ->
          Map.of(
              "shortFactors",
              longRope.shortFactors(),
              "longFactors",
              longRope.longFactors(),
              "originalContext",
              (long) longRope.originalContext());
    };
  }
}
