package dev.refrain.topology.cli;

import dev.refrain.connectors.training.TrainingListener;
import dev.refrain.connectors.training.TrainingStep;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;

/**
 * Shows a training as it goes on: a bar with steps, rate, time left and the loss where a person
 * watches, else a line a minute on standard error. Not thread-safe.
 */
final class TrainingBar implements TrainingListener, AutoCloseable {
  /** Weight of the newest loss in the mean that is shown. */
  private static final double NEWEST = 0.02;

  private static final long LINE_EVERY = Duration.ofMinutes(1).toNanos();

  private final ProgressBar bar;
  private long lastLine = System.nanoTime();
  private double mean = Double.NaN;
  private long last;

  private TrainingBar(ProgressBar bar) {
    this.bar = bar;
  }

  /** A bar of so many steps, which the caller closes. */
  static TrainingBar of(String task, long steps) {
    return new TrainingBar(Progress.bar(task, steps, true));
  }

  @Override
  public void step(TrainingStep step) {
    mean = Double.isNaN(mean) ? step.loss() : mean + NEWEST * (step.loss() - mean);
    last = step.step();
    bar.stepTo(last);
    String message =
        String.format(Locale.ROOT, "loss %.3f, %,.0f tokens/s", mean, step.tokensPerSecond());
    bar.setExtraMessage(message);
    if (!Progress.watched() && System.nanoTime() - lastLine > LINE_EVERY) {
      lastLine = System.nanoTime();
      System.err.printf(
          Locale.ROOT, "step %d of %d, %s, %s left%n", last, step.steps(), message, left(step));
    }
  }

  private static Duration left(TrainingStep step) {
    double seconds = step.elapsed().toNanos() / 1e9;
    long taken = Math.max(1, step.step() - step.first() + 1);
    return Duration.ofSeconds(Math.round(seconds / taken * (step.steps() - step.step())));
  }

  /** What to say at the end. */
  String ending(boolean finished, String result) {
    return finished
        ? result
        : "Stopped at step %d of %d; the same command goes on.".formatted(last, bar.getMax());
  }

  @Override
  public void close() {
    bar.close();
  }
}
