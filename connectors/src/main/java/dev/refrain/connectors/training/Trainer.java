package dev.refrain.connectors.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Trains a task with AdamW: accumulated gradients, clipping, a schedule, checkpoints. The
 * micro-batches of a step may be computed at once; their gradients are added up in their order, so
 * that the result does not depend on it. A run that was stopped goes on from its checkpoint and
 * ends with the same bits as one that was not. Holds native memory until it is closed. One thread
 * at a time.
 */
public final class Trainer implements AutoCloseable {
  private final TrainingTask task;
  private final TrainingSettings settings;
  private final TrainingOperations operations;
  private final NDManager manager;
  private final List<Parameter> parameters;
  private final List<AdamwGroup> groups;
  private final ExecutorService lanes;
  private long step;

  /**
   * A trainer before its first step.
   *
   * @param operations not closed here
   */
  public Trainer(TrainingTask task, TrainingSettings settings, TrainingOperations operations) {
    this.task = task;
    this.settings = settings;
    this.operations = operations;
    this.manager = operations.newManager();
    this.parameters = List.copyOf(task.parameters());
    this.groups = groups();
    this.lanes = Executors.newFixedThreadPool(settings.lanes());
    parameters.forEach(parameter -> TrainingOperations.learn(parameter.values(), true));
  }

  /** Steps taken, those before a resumption included. */
  public long step() {
    return step;
  }

  /**
   * Trains to the last step, or until the listener or an interruption stops it. The interruption
   * ends here, so that the caller can write what there is.
   *
   * @param checkpoint gone on from if it is there, written at the end; null for none
   * @param every steps between checkpoints, 1 or more
   * @return whether the last step was reached
   */
  public boolean train(@Nullable Checkpoint checkpoint, long every, TrainingListener listener) {
    if (checkpoint != null && checkpoint.exists()) {
      resume(checkpoint);
    }
    long first = step + 1;
    long start = System.nanoTime();
    long tokens = 0;
    boolean stopped = false;
    while (step < settings.steps() && !stopped) {
      double rate = settings.schedule().rate(step, settings.steps());
      Step done = step(rate);
      tokens += done.tokens();
      step++;
      listener.step(
          new TrainingStep(
              step,
              first,
              settings.steps(),
              done.loss(),
              rate,
              done.gradientNorm(),
              tokens,
              Duration.ofNanos(System.nanoTime() - start)));
      stopped = Thread.interrupted() || listener.stops();
      if (checkpoint != null && (step % every == 0 || step == settings.steps() || stopped)) {
        listener.checkpoint();
        checkpoint.write(step, digest(), state());
      }
    }
    return step == settings.steps();
  }

  private record Step(double loss, double gradientNorm, long tokens) {}

  private record Micro(double loss, double weight, long tokens, List<NDArray> gradients) {}

  private Step step(double rate) {
    try (NDManager owner = manager.newSubManager()) {
      List<Future<Micro>> running = new ArrayList<>();
      for (int i = 0; i < settings.microBatches(); i++) {
        long number = step * settings.microBatches() + i;
        running.add(lanes.submit(() -> micro(owner, number)));
      }
      List<Micro> done = new ArrayList<>();
      running.forEach(one -> done.add(Lanes.result(one)));
      List<NDArray> gradients = done.getFirst().gradients();
      done.stream().skip(1).forEach(one -> operations.add(gradients, one.gradients()));
      double weight = done.stream().mapToDouble(Micro::weight).sum();
      double norm = operations.scale(gradients, 1 / weight, settings.clip());
      update(gradients, rate);
      return new Step(
          done.stream().mapToDouble(Micro::loss).sum() / weight,
          norm,
          done.stream().mapToLong(Micro::tokens).sum());
    }
  }

  /** Gradients of one micro-batch, which {@code owner} owns. */
  private Micro micro(NDManager owner, long number) {
    try (NDManager graph = operations.newManager()) {
      Loss loss = task.loss(graph, number);
      List<NDArray> gradients =
          operations.gradients(
              owner, loss.sum(), parameters.stream().map(Parameter::values).toList());
      double sum = loss.sum().toFloatArray()[0];
      if (!Double.isFinite(sum)) {
        throw new IllegalStateException(
            "the loss of micro-batch %d is %s: lower the learning rate".formatted(number, sum));
      }
      return new Micro(sum, loss.weight(), loss.tokens(), gradients);
    }
  }

  private void update(List<NDArray> gradients, double rate) {
    Map<String, NDArray> byName = new LinkedHashMap<>();
    for (int i = 0; i < gradients.size(); i++) {
      byName.put(parameters.get(i).name(), gradients.get(i));
    }
    for (AdamwGroup group : groups) {
      operations.adamw(
          group, group.members().stream().map(member -> byName.get(member.name())).toList(), rate);
    }
  }

  private List<AdamwGroup> groups() {
    TrainingSettings.Adam adam = settings.adam();
    TrainingSettings.Adam bare =
        new TrainingSettings.Adam(adam.beta1(), adam.beta2(), adam.epsilon(), 0);
    return Stream.of(true, false)
        .map(
            decays ->
                AdamwGroup.starting(
                    manager,
                    parameters.stream().filter(member -> member.decays() == decays).toList(),
                    decays ? adam : bare))
        .filter(group -> !group.members().isEmpty())
        .toList();
  }

  private void resume(Checkpoint checkpoint) {
    step = checkpoint.read(digest(), state(), operations);
    for (AdamwGroup group : groups) {
      try (NDArray taken = manager.create((float) step)) {
        group.steps().forEach(steps -> operations.assign(steps, taken));
      }
    }
  }

  private String digest() {
    return settings.digest(task.digest());
  }

  private Map<String, NDArray> state() {
    Map<String, NDArray> state = new LinkedHashMap<>();
    for (AdamwGroup group : groups) {
      for (int i = 0; i < group.members().size(); i++) {
        Parameter member = group.members().get(i);
        state.put("parameter." + member.name(), member.values());
        state.put("first." + member.name(), group.first().get(i));
        state.put("second." + member.name(), group.second().get(i));
      }
    }
    return state;
  }

  @Override
  public void close() {
    lanes.shutdownNow();
    parameters.forEach(parameter -> TrainingOperations.learn(parameter.values(), false));
    manager.close();
  }
}
