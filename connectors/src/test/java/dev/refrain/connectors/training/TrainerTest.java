package dev.refrain.connectors.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {
  @TempDir private Path folder;

  @Test
  void learnsToCopy() {
    List<Double> losses = run(settings(300, 1), null, 300);

    assertThat(losses.getFirst()).as("log 16 at the start").isCloseTo(Math.log(16), within(0.3));
    assertThat(losses.getLast()).isLessThan(0.3);
  }

  @Test
  void endsWithTheSameBitsWhenStoppedAndResumed() {
    Checkpoint whole = new Checkpoint(folder.resolve("whole.safetensors"));
    Checkpoint resumed = new Checkpoint(folder.resolve("resumed.safetensors"));

    List<Double> once = run(settings(40, 1), whole, 40);
    List<Double> twice = new ArrayList<>(run(settings(40, 1), resumed, 17));
    twice.addAll(run(settings(40, 1), resumed, 40));

    assertThat(twice).isEqualTo(once);
    assertThat(resumed.file()).hasSameBinaryContentAs(whole.file());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void givesTheSameBitsWithAnyNumberOfLanes(int lanes) {
    assertThat(run(settings(20, lanes), null, 20)).isEqualTo(run(settings(20, 1), null, 20));
  }

  @Test
  void refusesTheCheckpointOfOtherSettings() {
    Checkpoint checkpoint = new Checkpoint(folder.resolve("c.safetensors"));
    run(settings(3, 1), checkpoint, 3);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(settings(4, 1), checkpoint, 4))
        .withMessageContaining("steps 3")
        .withMessageContaining("steps 4");
  }

  /** Central differences of the loss in the direction of the gradient. */
  @Test
  void hasTheGradientsOfFiniteDifferences() {
    try (TrainingOperations operations = new TrainingOperations();
        CopyingTask task = new CopyingTask(operations);
        NDManager manager = operations.newManager()) {
      List<NDArray> values = task.parameters().stream().map(Parameter::values).toList();
      values.forEach(value -> TrainingOperations.learn(value, true));
      List<NDArray> gradients = operations.gradients(manager, task.loss(manager, 0).sum(), values);
      for (int i = 0; i < values.size(); i++) {
        float[] gradient = gradients.get(i).toFloatArray();
        int largest = largest(gradient);
        double step = 1e-2;
        double difference =
            (moved(operations, task, values.get(i), largest, step)
                    - moved(operations, task, values.get(i), largest, -step))
                / (2 * step);
        assertThat(difference)
            .as("parameter %d, entry %d", i, largest)
            .isCloseTo(gradient[largest], within(0.02 * Math.abs(gradient[largest]) + 0.02));
      }
    }
  }

  private static double moved(
      TrainingOperations operations, CopyingTask task, NDArray value, int entry, double by) {
    try (NDManager manager = operations.newManager()) {
      float[] before = value.stopGradient().toFloatArray();
      float[] after = Arrays.copyOf(before, before.length);
      after[entry] += (float) by;
      operations.assign(value, manager.create(after, value.getShape()));
      double loss = task.loss(manager, 0).sum().toFloatArray()[0];
      operations.assign(value, manager.create(before, value.getShape()));
      return loss;
    }
  }

  private static int largest(float[] numbers) {
    int largest = 0;
    for (int i = 0; i < numbers.length; i++) {
      largest = Math.abs(numbers[i]) > Math.abs(numbers[largest]) ? i : largest;
    }
    return largest;
  }

  private static TrainingSettings settings(int steps, int lanes) {
    return new TrainingSettings(
        steps,
        3,
        lanes,
        new Schedule(3e-3, 10, Schedule.Decay.COSINE, 0.5, 0.1),
        new TrainingSettings.Adam(0.9, 0.98, 1e-8, 0.01),
        1);
  }

  private static List<Double> run(
      TrainingSettings settings, @Nullable Checkpoint checkpoint, long until) {
    List<Double> losses = new ArrayList<>();
    try (TrainingOperations operations = new TrainingOperations();
        CopyingTask task = new CopyingTask(operations);
        Trainer trainer = new Trainer(task, settings, operations)) {
      var unused =
          trainer.train(
              checkpoint,
              1000,
              new TrainingListener() {
                @Override
                public void step(TrainingStep step) {
                  losses.add(step.loss());
                }

                @Override
                public boolean stops() {
                  return trainer.step() >= until;
                }
              });
    }
    return losses;
  }
}
