package dev.refrain.topology.validation;

/**
 * One thing that was tried.
 *
 * @param what what was tried
 * @param status how it went
 * @param detail what was found, and the remedy where something is wrong
 */
public record Check(String what, Status status, String detail) {

  /** How a check went; only FAILED keeps Refrain from working as configured. */
  public enum Status {
    OK,
    WARNING,
    FAILED,
    SKIPPED
  }

  static Check ok(String what, String detail) {
    return new Check(what, Status.OK, detail);
  }

  static Check warning(String what, String detail) {
    return new Check(what, Status.WARNING, detail);
  }

  static Check failed(String what, String detail) {
    return new Check(what, Status.FAILED, detail);
  }

  static Check skipped(String what, String detail) {
    return new Check(what, Status.SKIPPED, detail);
  }
}
