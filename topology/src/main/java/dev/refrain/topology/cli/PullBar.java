package dev.refrain.topology.cli;

import dev.refrain.gpuworkers.hub.PullListener;
import java.time.Duration;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** Shows how a pull goes on: a bar where a person watches, else a line a file. */
final class PullBar implements PullListener, AutoCloseable {
  private final Output output;
  private @Nullable ProgressBar bar;

  PullBar(Output output) {
    this.output = output;
  }

  @Override
  public void begins(String commit, long bytes, List<String> skipped) {
    output.remark(
        "Commit %.12s, %s. Skipped: %s"
            .formatted(
                commit,
                Amounts.bytes(bytes),
                skipped.isEmpty() ? "nothing" : String.join(", ", skipped)));
    bar = Progress.bytes("Pulling", bytes);
  }

  @Override
  public void file(String path, long bytes) {
    say(path, "Fetching %s, %s".formatted(path, Amounts.bytes(bytes)));
  }

  @Override
  public void progress(long bytes) {
    if (bar != null) {
      bar.stepTo(bytes);
    }
  }

  @Override
  public void waits(String reason, Duration delay) {
    String message = "%s; trying again in %s s".formatted(reason, Math.max(1, delay.toSeconds()));
    say(message, message);
  }

  private void say(String beside, String line) {
    if (bar != null && Progress.watched()) {
      bar.setExtraMessage(beside);
    } else {
      output.remark(line);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
