package dev.refrain.topology.cli;

import java.io.Console;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress bars on standard error, where a person watches. */
final class Progress {
  private static final int WIDTH = 100;

  private Progress() {}

  /**
   * A bar with rate and time left.
   *
   * @param total number of steps, or -1 if it is not known
   * @param wanted false for a bar that shows nothing
   * @return closed by the caller
   */
  static ProgressBar bar(String task, long total, boolean wanted) {
    return show(builder(task, total), wanted);
  }

  /**
   * A bar in mebibytes, with rate and time left.
   *
   * @param total in bytes, as the steps are
   * @return closed by the caller
   */
  static ProgressBar bytes(String task, long total) {
    return show(builder(task, total).setUnit(" MiB", 1 << 20), true);
  }

  private static ProgressBarBuilder builder(String task, long total) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(total)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(200)
        .showSpeed();
  }

  /** Whether a person watches. */
  @SuppressWarnings("SystemConsoleNull") // NullAway wants the question that Error Prone forbids.
  static boolean watched() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  private static ProgressBar show(ProgressBarBuilder builder, boolean wanted) {
    return wanted && watched()
        ? builder.setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH)).build()
        : builder.setConsumer(new Unseen()).build();
  }

  /** Shows nothing. */
  private static final class Unseen implements ProgressBarConsumer {
    @Override
    public int getMaxRenderedLength() {
      return WIDTH;
    }

    @Override
    public void accept(String rendered) {}

    @Override
    public void close() {}
  }
}
