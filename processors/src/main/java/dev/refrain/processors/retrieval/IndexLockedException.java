package dev.refrain.processors.retrieval;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Another build runs in the folder. */
public final class IndexLockedException extends IOException {
  private static final long serialVersionUID = 1L;

  IndexLockedException(Path folder, @Nullable Throwable cause) {
    super(
        "Another build is writing the index in "
            + folder
            + "; wait until it ends, or build into another folder.",
        cause);
  }
}
