package dev.refrain.gpuworkers.model;

import java.nio.file.Path;

/** A model folder that is incomplete, damaged or of a kind that Refrain does not run. */
public final class UnusableModelException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String place;

  /**
   * Says what is wrong, where, and what to do.
   *
   * @param place the file or folder
   * @param problem what is wrong with it, with the value
   * @param remedy what the reader can do
   */
  public UnusableModelException(Path place, String problem, String remedy) {
    super("%s: %s; %s".formatted(place, problem, remedy));
    this.place = place.toString();
  }

  /** As above, with what led to it. */
  public UnusableModelException(Path place, String problem, String remedy, Throwable cause) {
    super("%s: %s; %s".formatted(place, problem, remedy), cause);
    this.place = place.toString();
  }

  /** The file or folder that is at fault. */
  public String place() {
    return place;
  }
}
