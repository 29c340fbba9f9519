package dev.refrain.topology.cli;

import dev.refrain.connectors.training.TrainingListener;
import dev.refrain.connectors.training.TrainingStep;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;

/** Shows a training as it goes on: steps, rate, time left and the loss. Not thread-safe. */
final class TrainingBar implements TrainingListener, AutoCloseable {
  /** Weight of the newest loss in the mean that is shown. */
  private static final double NEWEST = 0.02;

  private final ProgressBar bar;
  private double mean = Double.NaN;
  private long last;

  private TrainingBar(ProgressBar bar) {
    this.bar = bar;
  }

  /**
   * @return closed by the caller
   */
  static TrainingBar of(String task, long steps) {
    return new TrainingBar(Progress.bar(task, steps, true));
  }

  @Override
  public void step(TrainingStep step) {
    mean = Double.isNaN(mean) ? step.loss() : mean + NEWEST * (step.loss() - mean);
    last = step.step();
    bar.stepTo(last);
    bar.setExtraMessage(
        String.format(Locale.ROOT, "loss %.3f, %,.0f tokens/s", mean, step.tokensPerSecond()));
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
