package dev.refrain.gpuworkers.hub;

import org.jspecify.annotations.Nullable;

/**
 * A file of a model on a hub.
 *
 * @param path inside the model, with {@code /} between folders; never leads out of it
 * @param size bytes; -1 where the hub has not said
 * @param checksum of its content; null where the hub has not said
 */
record HubFile(String path, long size, @Nullable Checksum checksum) {
  static final long UNKNOWN = -1;

  /**
   * Takes a file's name from a server.
   *
   * @throws HubException if it could lead out of the folder it is written to
   */
  HubFile {
    boolean plain = path.chars().noneMatch(c -> c < ' ' || c == '\\' || c == 0x7f);
    for (String name : path.split("/", -1)) {
      plain &= !name.isEmpty() && !name.equals(".") && !name.equals("..");
    }
    if (!plain) {
      throw new HubException(
          "The server names a file \"%s\", which is no plain path inside the model: nothing was written. Do not trust this server or this model."
              .formatted(path.replaceAll("\\p{Cntrl}", "?")));
    }
  }

  /** Whether the hub has said all that a download is checked against. */
  boolean known() {
    return size >= 0 && checksum != null;
  }
}
