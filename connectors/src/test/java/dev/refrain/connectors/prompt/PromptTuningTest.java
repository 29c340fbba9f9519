package dev.refrain.connectors.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.refrain.connectors.training.Schedule;
import dev.refrain.connectors.training.Trainer;
import dev.refrain.connectors.training.TrainingOperations;
import dev.refrain.connectors.training.TrainingSettings;
import dev.refrain.gpuworkers.model.Architecture;
import dev.refrain.gpuworkers.model.DecoderModel;
import dev.refrain.gpuworkers.model.EngineSettings;
import dev.refrain.gpuworkers.model.Initialisation;
import dev.refrain.gpuworkers.model.KvCache;
import dev.refrain.gpuworkers.model.ModelConfig;
import dev.refrain.gpuworkers.model.RopeScaling;
import dev.refrain.gpuworkers.model.TokenBatch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PromptTuningTest {
  private static final int LETTERS = 32;
  private static final PromptTokenizer TOKENIZER =
      new PromptTokenizer(PromptTuningTest::letters, PromptTuningTest::letters);

  private final TrainingOperations operations = new TrainingOperations();
  private final DecoderModel model = untrained(Architecture.llama(1e-5, 10000));

  private static DecoderModel untrained(Architecture architecture) {
    return DecoderModel.untrained(
        new ModelConfig(LETTERS, 32, 64, 2, 4, 4, 8, 48, true, null, List.of(), architecture),
        new Initialisation(0.2, 3),
        new EngineSettings(1));
  }

  private static int[] letters(String text) {
    return text.chars().map(letter -> letter % LETTERS).toArray();
  }

  @AfterEach
  void close() {
    model.close();
    operations.close();
  }

  @Test
  void learnsAnAnswerAndLeavesTheFrozenWeightsBitForBit() {
    List<float[]> before = weights();
    List<Double> losses = new ArrayList<>();
    Examples examples =
        Examples.of(List.of(new Example("question", " yes"), new Example("quiz", " yes")));
    try (PromptTuning tuning = tuning(examples);
        Trainer trainer = new Trainer(tuning, settings(200), operations)) {
      var unused = trainer.train(null, 1000, step -> losses.add(step.loss()));
    }

    assertThat(losses.getLast()).isLessThan(0.3 * losses.getFirst());
    assertThat(weights()).usingRecursiveComparison().isEqualTo(before);
  }

  @Test
  void givesTheHiddenStatesThatTheWholeSequenceAtOnceGives() {
    SoftPrompt prompt = prompt();
    int[] text = letters("a text behind");
    try (NDManager manager = model.newManager();
        PromptedLm prompted = new PromptedLm(model, prompt);
        KvCache cache = prompted.newCache(2, text.length)) {
      int[] first = {text[0], text[1], text[2]};
      int[] rest = java.util.Arrays.copyOfRange(text, 3, text.length);
      prompted.hiddenStates(prompted.embed(manager, new int[][] {first, first}), cache).close();
      NDArray cached =
          prompted.hiddenStates(prompted.embed(manager, new int[][] {rest, rest}), cache);
      NDArray vectors = manager.create(prompt.vectors(), new Shape(1, 4, 32));
      NDArray whole =
          model
              .differentiable()
              .hiddenStates(vectors.concat(model.embed(manager, new int[][] {text}), 1));
      float[] expected = whole.get(":, 7:").toFloatArray();

      assertThat(cached.get("0").toFloatArray()).containsExactly(expected, within(2e-5f));
      assertThat(cached.get("1").toFloatArray()).containsExactly(expected, within(2e-5f));
    }
  }

  /** One copy of the prompt's keys and values, and the bare model in the same step. */
  @Test
  void isSharedByCachesThatAreSteppedBesideTheBareModels() {
    SoftPrompt prompt = prompt();
    int[] text = letters("a text");
    try (NDManager manager = model.newManager();
        PromptedLm prompted = new PromptedLm(model, prompt);
        KvCache one = prompted.newCache(1, text.length);
        KvCache other = prompted.newCache(1, text.length + 1);
        KvCache bare = model.newCache(1, text.length)) {
      assertThat(one.bytes()).isEqualTo(bare.bytes());
      TokenBatch batch = new TokenBatch();
      batch.add(one, text, true);
      batch.add(bare, text, true);
      batch.add(other, text, true);
      NDArray next = prompted.step(manager, batch);

      NDArray vectors = manager.create(prompt.vectors(), new Shape(1, 4, 32));
      NDArray embedded = model.embed(manager, new int[][] {text});
      float[] behind = following(vectors.concat(embedded, 1));
      assertThat(next.get(0).toFloatArray()).containsExactly(behind, within(2e-5f));
      assertThat(next.get(1).toFloatArray()).containsExactly(following(embedded), within(2e-5f));
      assertThat(next.get(2).toFloatArray()).containsExactly(behind, within(2e-5f));
    }
  }

  /** Log-probabilities of the token behind some embeddings, from one pass over all of them. */
  private float[] following(NDArray embeddings) {
    NDArray states = model.differentiable().hiddenStates(embeddings);
    NDArray logits = model.logits(states.get(":, -1:")); // [1, 1, V]
    return logits.stopGradient().flatten().logSoftmax(0).toFloatArray();
  }

  @Test
  void leavesLessContextToTheText() {
    try (PromptedLm prompted = new PromptedLm(model, prompt())) {
      assertThat(prompted.contextLength()).isEqualTo(44);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> prompted.newCache(1, 45))
          .withMessageContaining("[1, 44]");
    }
  }

  /** A text of more than 20 tokens behind 4 vectors would turn the vectors' keys otherwise. */
  @Test
  void leavesTheOriginalContextWhereLongerSequencesHaveOtherKeys() {
    Architecture llama = Architecture.llama(1e-5, 10000);
    List<Double> once = List.of(1.0, 1.0, 1.0, 1.0);
    List<Double> twice = List.of(2.0, 2.0, 2.0, 2.0);
    Architecture longRope =
        new Architecture(
            llama.modelType(),
            llama.names(),
            llama.norms(),
            new Architecture.Rotary(10000, 1, new RopeScaling.LongRope(once, twice, 24, 1)),
            llama.attention(),
            llama.feedForward(),
            1,
            0);
    try (DecoderModel phi = untrained(longRope);
        PromptedLm prompted = new PromptedLm(phi, prompt())) {
      assertThat(phi.contextLength()).isEqualTo(48);
      assertThat(prompted.contextLength()).isEqualTo(20);
      prompted.newCache(1, 20).close();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> prompted.newCache(1, 21))
          .withMessageContaining("[1, 20]");
    }
  }

  @Test
  void namesAnExampleThatDoesNotFit() {
    Examples examples =
        Examples.of(List.of(new Example("short", "x"), new Example("x".repeat(60), "y")));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> tuning(examples))
        .withMessageContaining("example 2 has 61 tokens")
        .withMessageContaining("leaves 44");
  }

  private PromptTuning tuning(Examples examples) {
    return new PromptTuning(
        model.differentiable(), operations, TOKENIZER, examples, new PromptTuningSettings(4, 2, 9));
  }

  private static SoftPrompt prompt() {
    float[] vectors = new float[4 * 32];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = (float) Math.sin(i);
    }
    return new SoftPrompt(32, vectors, new PromptCard("m", "d", "nothing", 1, 1, 1, 0.1));
  }

  private List<float[]> weights() {
    return model.weights().stream().map(weight -> weight.toFloatArray()).toList();
  }

  private static TrainingSettings settings(int steps) {
    return new TrainingSettings(
        steps, 1, 1, Schedule.constant(0.05, 5), new TrainingSettings.Adam(0.9, 0.999, 1e-6, 0), 0);
  }
}
