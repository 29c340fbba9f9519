package dev.refrain.gpuworkers.generate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.refrain.gpuworkers.model.Seq2SeqCache;
import dev.refrain.gpuworkers.model.Seq2SeqLm;
import dev.refrain.gpuworkers.model.TokenRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes outputs with an encoder-decoder: the likeliest token each time, or a beam search. Inputs
 * of different lengths run together; an input's outputs do not depend on its neighbours but for
 * rounding. One thread at a time.
 */
public final class Seq2SeqGenerator {
  private final Seq2SeqLm model;
  private final Set<Integer> stopTokens;

  /** A generator whose outputs end with the model's own tokens. */
  public Seq2SeqGenerator(Seq2SeqLm model) {
    this(model, Set.copyOf(model.eosTokenIds()));
  }

  /**
   * A generator.
   *
   * @param stopTokens tokens that end an output; may be empty
   */
  public Seq2SeqGenerator(Seq2SeqLm model, Set<Integer> stopTokens) {
    this.model = model;
    this.stopTokens = Set.copyOf(stopTokens);
  }

  /**
   * Writes for each input the likeliest token each time, until one ends the output.
   *
   * @param inputs token ids of each input, as its tokenizer gives them
   * @param maxNewTokens most tokens of an output, 1 or more
   * @return for each input its output, without the start token and with the one that ended it
   */
  public List<List<Integer>> greedy(List<int[]> inputs, int maxNewTokens) {
    TokenRows rows = TokenRows.of(inputs);
    try (NDManager manager = model.encoder().newManager()) {
      return greedy(model.encoder().embed(manager, rows.ids()), rows.lengths(), maxNewTokens);
    }
  }

  /**
   * The same for input embeddings.
   *
   * @param embeddings [B, S, C]
   * @param lengths how many of the S positions each input has, each in [1, S]
   */
  public List<List<Integer>> greedy(NDArray embeddings, int[] lengths, int maxNewTokens) {
    List<List<Integer>> outputs =
        Stream.generate(() -> (List<Integer>) new ArrayList<Integer>())
            .limit(lengths.length)
            .toList();
    int[] last = starts(lengths.length);
    try (NDArray states = model.encoder().hiddenStates(embeddings, lengths);
        Seq2SeqCache cache = model.read(states, lengths, 1, maxNewTokens)) {
      while (cache.length() < maxNewTokens && !outputs.stream().allMatch(this::ended)) {
        try (NDManager step = model.encoder().newManager()) {
          long[] likeliest = logits(step, last, cache).argMax(-1).toLongArray();
          Arrays.setAll(last, row -> (int) likeliest[row]);
        }
        for (int row = 0; row < last.length; row++) {
          if (!ended(outputs.get(row))) {
            outputs.get(row).add(last[row]);
          }
        }
      }
    }
    return outputs.stream().map(List::copyOf).toList();
  }

  private boolean ended(List<Integer> output) {
    return !output.isEmpty() && stopTokens.contains(output.getLast());
  }

  /**
   * Searches for each input the outputs with the best scores.
   *
   * @param inputs token ids of each input, as its tokenizer gives them
   * @return for each input {@code numBeams} outputs, best first
   */
  public List<List<Hypothesis>> search(List<int[]> inputs, BeamSettings settings) {
    TokenRows rows = TokenRows.of(inputs);
    try (NDManager manager = model.encoder().newManager()) {
      return search(model.encoder().embed(manager, rows.ids()), rows.lengths(), settings);
    }
  }

  /**
   * The same for input embeddings.
   *
   * @param embeddings [B, S, C]
   * @param lengths how many of the S positions each input has, each in [1, S]
   */
  public List<List<Hypothesis>> search(NDArray embeddings, int[] lengths, BeamSettings settings) {
    int numBeams = settings.numBeams();
    List<Beams> inputs =
        Stream.generate(() -> new Beams(settings, stopTokens)).limit(lengths.length).toList();
    int[] last = starts(lengths.length * numBeams);
    try (NDArray states = model.encoder().hiddenStates(embeddings, lengths);
        Seq2SeqCache cache = model.read(states, lengths, numBeams, settings.maxNewTokens())) {
      while (true) {
        advance(inputs, candidates(inputs, last, cache, settings));
        if (inputs.stream().allMatch(Beams::done)) {
          return inputs.stream().map(Beams::outputs).toList();
        }
        cache.reorder(rows(inputs, numBeams));
        Arrays.setAll(last, row -> inputs.get(row / numBeams).lastToken(row % numBeams));
      }
    }
  }

  private static void advance(List<Beams> inputs, List<List<Beams.Candidate>> candidates) {
    for (int input = 0; input < inputs.size(); input++) {
      if (!inputs.get(input).done()) {
        inputs.get(input).advance(candidates.get(input));
      }
    }
  }

  /** For each input the best continuations of its beginnings, best first. */
  private List<List<Beams.Candidate>> candidates(
      List<Beams> inputs, int[] last, Seq2SeqCache cache, BeamSettings settings) {
    int numBeams = settings.numBeams();
    int keep = Beams.candidates(settings, stopTokens);
    float[] scores = new float[last.length];
    for (int row = 0; row < scores.length; row++) {
      scores[row] = inputs.get(row / numBeams).score(row % numBeams);
    }
    try (NDManager step = model.encoder().newManager()) {
      NDArray logProbabilities = logits(step, last, cache).logSoftmax(-1);
      int vocabulary = (int) logProbabilities.getShape().get(1);
      NDArray sums = logProbabilities.add(step.create(scores, new Shape(last.length, 1)));
      NDList best = sums.reshape(inputs.size(), -1).topK(keep, 1, true, true);
      float[] values = best.get(0).toFloatArray();
      long[] places = best.get(1).toLongArray();
      return IntStream.range(0, inputs.size())
          .mapToObj(
              input ->
                  IntStream.range(input * keep, (input + 1) * keep)
                      .mapToObj(
                          i ->
                              new Beams.Candidate(
                                  (int) (places[i] / vocabulary),
                                  (int) (places[i] % vocabulary),
                                  values[i]))
                      .toList())
          .toList();
    }
  }

  /** For each row the one that it goes on from; an input that is done stays as it is. */
  private static int[] rows(List<Beams> inputs, int numBeams) {
    return IntStream.range(0, inputs.size() * numBeams)
        .map(
            row -> {
              Beams input = inputs.get(row / numBeams);
              return input.done() ? row : row - row % numBeams + input.parent(row % numBeams);
            })
        .toArray();
  }

  private int[] starts(int rows) {
    int[] tokens = new int[rows];
    Arrays.fill(tokens, model.startTokenId());
    return tokens;
  }

  /** [rows, V] behind the last tokens. */
  private NDArray logits(NDManager step, int[] last, Seq2SeqCache cache) {
    int[][] column = Arrays.stream(last).mapToObj(token -> new int[] {token}).toArray(int[][]::new);
    NDArray states = model.hiddenStates(model.encoder().embed(step, column), cache);
    return model.logits(states).squeeze(1);
  }
}
