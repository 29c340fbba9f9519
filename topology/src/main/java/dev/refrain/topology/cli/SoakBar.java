package dev.refrain.topology.cli;

import dev.refrain.topology.bench.SoakBench;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;

/**
 * Shows a soak as it goes on: a bar of seconds with time left, tokens a second and memory where a
 * person watches, else a line a minute on standard error. Not thread-safe.
 */
final class SoakBar implements Consumer<SoakBench.Moment>, AutoCloseable {
  private static final double LINE_EVERY = 60;
  private static final double MIB = 1 << 20;

  private final Duration length;
  private final ProgressBar bar;
  private double lastLine;

  SoakBar(Duration length) {
    this.length = length;
    this.bar = Progress.bar("soaking", length.toSeconds(), true);
  }

  @Override
  public void accept(SoakBench.Moment moment) {
    double seconds = moment.sample().seconds();
    Long resident = moment.sample().resident();
    String message =
        String.format(
            Locale.ROOT,
            "%,d requests, %,.0f tokens/s, %s MiB",
            moment.requests().submitted(),
            moment.tokens() / seconds,
            resident == null ? "?" : String.format(Locale.ROOT, "%,.0f", resident / MIB));
    bar.stepTo((long) seconds);
    bar.setExtraMessage(message);
    if (!Progress.watched() && seconds - lastLine >= LINE_EVERY) {
      lastLine = seconds;
      System.err.printf(Locale.ROOT, "%.0f of %d s, %s%n", seconds, length.toSeconds(), message);
    }
  }

  @Override
  public void close() {
    bar.close();
  }
}
