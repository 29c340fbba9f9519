package dev.refrain.connectors.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of 30 steps with a checkpoint after every tenth. A killed one never closes its curve. */
class LossCurveTest {
  private static final int STEPS = 30;
  private static final int EVERY = 10;

  @TempDir private Path folder;
  private Path whole;
  private Path killed;

  @BeforeEach
  void runWithoutAStop() throws IOException {
    whole = folder.resolve("whole");
    killed = folder.resolve("killed");
    try (LossCurve curve = LossCurve.beside(whole)) {
      train(whole, curve, step -> {});
    }
  }

  @Test
  void hasTheBytesOfAnUninterruptedRunAfterOneThatWasKilledBetweenCheckpoints() throws IOException {
    LossCurve lost = LossCurve.beside(killed);
    assertThatThrownBy(() -> train(killed, lost, step -> killAt(25, step.step())))
        .isInstanceOf(Killed.class);
    assertThat(killed.resolve("loss.csv"))
        .as("the steps that the checkpoint has")
        .content()
        .hasLineCount(1 + 20)
        .isSubstringOf(Files.readString(whole.resolve("loss.csv")));

    resumeAt(21);

    assertSameCurve();
  }

  @Test
  void hasTheBytesOfAnUninterruptedRunAfterOneThatWasKilledBeforeItsCheckpointWasThere()
      throws IOException {
    LossCurve lost = LossCurve.beside(killed);
    TrainingListener dying =
        new TrainingListener() {
          private long last;

          @Override
          public void step(TrainingStep step) {
            last = step.step();
          }

          @Override
          public void checkpoint() {
            killAt(20, last);
          }
        };
    assertThatThrownBy(() -> train(killed, lost, dying)).isInstanceOf(Killed.class);
    assertThat(killed.resolve("loss.csv")).content().hasLineCount(1 + 20);

    resumeAt(11);

    assertSameCurve();
  }

  private void resumeAt(long first) throws IOException {
    try (LossCurve curve = LossCurve.beside(killed)) {
      train(killed, curve, step -> assertThat(step.first()).isEqualTo(first));
    }
  }

  private void assertSameCurve() {
    for (String name : new String[] {"loss.csv", "loss.svg"}) {
      assertThat(killed.resolve(name)).hasSameBinaryContentAs(whole.resolve(name));
    }
  }

  private static void train(Path run, LossCurve curve, TrainingListener listener) {
    TrainingSettings settings =
        new TrainingSettings(
            STEPS,
            1,
            1,
            Schedule.constant(3e-3, 5),
            new TrainingSettings.Adam(0.9, 0.98, 1e-8, 0.01),
            1);
    try (TrainingOperations operations = new TrainingOperations();
        CopyingTask task = new CopyingTask(operations);
        Trainer trainer = new Trainer(task, settings, operations)) {
      Checkpoint checkpoint = new Checkpoint(run.resolve("checkpoint.safetensors"));
      assertThat(trainer.train(checkpoint, EVERY, curve.following(listener))).isTrue();
    }
  }

  private static void killAt(long fatal, long step) {
    if (step == fatal) {
      throw new Killed();
    }
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
