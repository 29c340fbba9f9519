package dev.refrain.connectors.prompt;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.refrain.connectors.training.Loss;
import dev.refrain.connectors.training.Parameter;
import dev.refrain.connectors.training.TrainingOperations;
import dev.refrain.connectors.training.TrainingTask;
import dev.refrain.gpuworkers.model.DifferentiableLm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Tunes a soft prompt in front of a frozen model (METHODS 1): cross-entropy on the target tokens
 * alone, gradients through the frozen weights to the P vectors. They begin as embeddings of
 * vocabulary words that the seed chooses. Holds native memory until it is closed.
 */
public final class PromptTuning implements TrainingTask, AutoCloseable {
  private final DifferentiableLm model;
  private final TrainingOperations operations;
  private final List<Tokens> examples;
  private final PromptTuningSettings settings;
  private final String digest;
  private final NDManager manager;
  private final NDArray prompt;

  /** An example's tokens, those of the target from {@code start} on. */
  private static final class Tokens {
    private final int[] ids;
    private final int start;

    Tokens(int[] input, int[] target) {
      ids = Arrays.copyOf(input, input.length + target.length);
      System.arraycopy(target, 0, ids, input.length, target.length);
      start = input.length;
    }
  }

  /**
   * @param model the frozen model, not closed here
   * @param operations not closed here
   * @param tokenizer of the model
   * @throws IllegalArgumentException naming the example that does not fit the model's context
   */
  public PromptTuning(
      DifferentiableLm model,
      TrainingOperations operations,
      PromptTokenizer tokenizer,
      Examples examples,
      PromptTuningSettings settings) {
    this.model = model;
    this.operations = operations;
    this.settings = settings;
    this.digest = examples.digest() + " " + settings;
    this.examples = tokens(tokenizer, examples.all());
    this.manager = operations.newManager();
    this.prompt = sampledEmbeddings();
  }

  private List<Tokens> tokens(PromptTokenizer tokenizer, List<Example> all) {
    int room = model.contextLength() - settings.length();
    List<Tokens> tokens = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Tokens one =
          new Tokens(
              tokenizer.start().apply(all.get(i).input()),
              tokenizer.within().apply(all.get(i).target()));
      if (one.ids.length > room) {
        throw new IllegalArgumentException(
            "example %d has %d tokens, the model's context of %d less a prompt of %d leaves %d: shorten it"
                .formatted(i + 1, one.ids.length, model.contextLength(), settings.length(), room));
      }
      tokens.add(one);
    }
    return tokens;
  }

  private NDArray sampledEmbeddings() {
    SplittableRandom random = new SplittableRandom(settings.seed());
    long[] ids = random.longs(settings.length(), 0, model.vocabularySize()).toArray();
    try (NDManager call = operations.newManager()) {
      NDArray chosen = model.embed(call, call.create(ids, new Shape(1, ids.length)));
      return manager.create(
          chosen.toFloatArray(), new Shape(settings.length(), model.hiddenSize())); // [P, C]
    }
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(new Parameter("prompt", prompt, false));
  }

  @Override
  public String digest() {
    return digest;
  }

  @Override
  public Loss loss(NDManager graph, long number) {
    List<Tokens> batch = batch(number);
    int length = batch.stream().mapToInt(one -> one.ids.length).max().orElseThrow();
    long[] ids = new long[batch.size() * length];
    List<Long> index = new ArrayList<>();
    List<Long> targets = new ArrayList<>();
    for (int row = 0; row < batch.size(); row++) {
      Tokens one = batch.get(row);
      for (int i = 0; i < one.ids.length; i++) {
        ids[row * length + i] = one.ids[i];
        if (i >= one.start) {
          index.add((long) row * (settings.length() + length) + settings.length() + i - 1);
          targets.add((long) one.ids[i]);
        }
      }
    }
    NDArray embeddings =
        model.embed(graph, graph.create(ids, new Shape(batch.size(), length))); // [B, T, C]
    NDArray hidden = model.hiddenStates(operations.prepend(prompt, embeddings)); // [B, P + T, C]
    NDArray chosen = operations.choose(hidden, longs(graph, index)); // [1, N, C]
    NDArray sum =
        operations.crossEntropy(
            model.logits(chosen), longs(graph, targets), graph.ones(new Shape(targets.size())));
    return new Loss(sum, targets.size(), (long) batch.size() * (settings.length() + length));
  }

  /** Every epoch has an order of its own, which the seed decides. */
  private List<Tokens> batch(long number) {
    List<Tokens> batch = new ArrayList<>();
    for (long i = number * settings.batch(); i < (number + 1) * settings.batch(); i++) {
      long epoch = i / examples.size();
      int place = (int) (i % examples.size());
      batch.add(examples.get(new Order(settings.seed() + epoch, examples.size()).at(place)));
    }
    return batch;
  }

  private static NDArray longs(NDManager owner, List<Long> numbers) {
    return owner.create(numbers.stream().mapToLong(Long::longValue).toArray());
  }

  /** The prompt as it is now. */
  public float[] vectors() {
    return prompt.stopGradient().toFloatArray();
  }

  @Override
  public void close() {
    manager.close();
  }
}
