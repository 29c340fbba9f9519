package dev.refrain.gpuworkers.openai;

import java.io.Serial;

/** An engine did not do what it was asked; it may the next time. */
public class EngineException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  EngineException(String message) {
    super(message);
  }

  EngineException(String message, Throwable cause) {
    super(message, cause);
  }
}
