package dev.refrain.gpuworkers.openai;

import java.io.Serial;
import java.time.Duration;

/** An engine took nothing in, because it is busy or away; asking later does no harm. */
sealed class EngineBusyException extends EngineException {
  @Serial private static final long serialVersionUID = 1L;

  EngineBusyException(String message) {
    super(message);
  }

  EngineBusyException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The engine says how long to wait. */
  static final class AsksToWait extends EngineBusyException {
    @Serial private static final long serialVersionUID = 1L;
    private final Duration time;

    AsksToWait(String message, Duration time) {
      super(message);
      this.time = time;
    }

    Duration time() {
      return time;
    }
  }
}
