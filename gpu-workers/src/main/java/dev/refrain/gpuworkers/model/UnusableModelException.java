package dev.refrain.gpuworkers.model;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A model folder that is incomplete, damaged or of a kind that Refrain does not run. */
public final class UnusableModelException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String place;
  private final String reason;
  private final @Nullable String field;

  /**
   * Says what is wrong, where, and what to do.
   *
   * @param place the file or folder
   * @param problem what is wrong with it, with the value
   * @param remedy what the reader can do
   */
  public UnusableModelException(Path place, String problem, String remedy) {
    this(place, problem, remedy, null, null);
  }

  /** As above, with what led to it. */
  public UnusableModelException(Path place, String problem, String remedy, Throwable cause) {
    this(place, problem, remedy, cause, null);
  }

  private UnusableModelException(
      Path place,
      String problem,
      String remedy,
      @Nullable Throwable cause,
      @Nullable String field) {
    super("%s: %s; %s".formatted(place, problem, remedy), cause);
    this.place = place.toString();
    this.reason = problem + "; " + remedy;
    this.field = field;
  }

  /**
   * The same for one field of a JSON object.
   *
   * @param field its name, of the outermost one where objects stand inside objects
   */
  static UnusableModelException ofField(Path place, String field, String problem, String remedy) {
    return new UnusableModelException(place, problem, remedy, null, field);
  }

  /** The file or folder that is at fault. */
  public String place() {
    return place;
  }

  /** What is wrong and what to do, without the place. */
  public String reason() {
    return reason;
  }

  /** The field that is at fault, if it is a single one. */
  @Nullable String field() {
    return field;
  }
}
