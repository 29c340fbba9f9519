package dev.refrain.topology.cli;

import dev.refrain.connectors.training.TrainingListener;
import dev.refrain.topology.prompts.HousePromptsListener;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** Shows the making of two prompts, one bar behind the other. Not thread-safe. */
final class HousePromptsBars implements HousePromptsListener, AutoCloseable {
  private String task = "";
  private @Nullable ProgressBar bar;
  private @Nullable TrainingBar training;

  @Override
  public TrainingListener tuning(String prompt, long steps) {
    close();
    TrainingBar opened = TrainingBar.of("Tuning " + prompt, steps);
    training = opened;
    return opened;
  }

  @Override
  public void progress(String newTask, long done, long all) {
    ProgressBar current = bar;
    if (current == null || !newTask.equals(task)) {
      close();
      current = Progress.bar(newTask, all, true);
      bar = current;
      task = newTask;
    }
    current.stepTo(done);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
    if (training != null) {
      training.close();
      training = null;
    }
  }
}
