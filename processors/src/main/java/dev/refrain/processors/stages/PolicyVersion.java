package dev.refrain.processors.stages;

/**
 * Which policy decided.
 *
 * @param name its name
 * @param version its version; 0 where nothing was decided
 */
public record PolicyVersion(String name, int version) {
  static final PolicyVersion NONE = new PolicyVersion("", 0);
}
