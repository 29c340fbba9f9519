package dev.refrain.gpuworkers.hub;

import java.time.Duration;
import java.util.List;

/** Hears how a pull goes on; called from the pulling thread. */
public interface PullListener {

  /**
   * The hub has answered and it is decided what to fetch.
   *
   * @param commit what the revision stands for
   * @param bytes of all chosen files together
   * @param skipped files of the model that are not fetched
   */
  void begins(String commit, long bytes, List<String> skipped);

  /** A file is fetched next. */
  void file(String path, long bytes);

  /** So many bytes of the chosen files are on disk; fewer than before where one starts afresh. */
  void progress(long bytes);

  /** Something failed that is tried again after a while. */
  void waits(String reason, Duration delay);
}
