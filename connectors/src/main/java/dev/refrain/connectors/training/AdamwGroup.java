package dev.refrain.connectors.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.Stream;

/**
 * Parameters that AdamW (arXiv:1711.05101) changes with the same constants, and its moments.
 *
 * @param members the parameters, all of which decay, or none
 * @param first first moments, as many and as large
 * @param second second moments
 * @param steps steps taken, one number each
 * @param adam the constants
 */
record AdamwGroup(
    List<Parameter> members,
    List<NDArray> first,
    List<NDArray> second,
    List<NDArray> steps,
    TrainingSettings.Adam adam) {

  /** A group before its first step; {@code manager} owns the moments. */
  static AdamwGroup starting(
      NDManager manager, List<Parameter> members, TrainingSettings.Adam adam) {
    return new AdamwGroup(
        members,
        members.stream().map(member -> manager.zeros(member.values().getShape())).toList(),
        members.stream().map(member -> manager.zeros(member.values().getShape())).toList(),
        Stream.generate(() -> manager.zeros(new Shape())).limit(members.size()).toList(),
        adam);
  }

  List<NDArray> parameters() {
    return members.stream().map(Parameter::values).toList();
  }
}
