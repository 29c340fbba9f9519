package dev.refrain.topology.bench;

import dev.refrain.gpuworkers.generate.Generation;
import dev.refrain.gpuworkers.generate.GenerationEngine;
import dev.refrain.gpuworkers.generate.GenerationRequest;
import dev.refrain.gpuworkers.generate.LanguageModel;
import dev.refrain.gpuworkers.generate.Sampling;
import dev.refrain.gpuworkers.model.EngineSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Refrain's engine in this process, as a worker runs it. */
final class OwnEngine implements Contestant {
  private final String name;
  private final LanguageModel model;
  private final GenerationEngine engine;

  private OwnEngine(String name, LanguageModel model, GenerationEngine engine) {
    this.name = name;
    this.model = model;
    this.engine = engine;
  }

  static OwnEngine load(String name, Path folder, EngineSettings settings) {
    LanguageModel model = LanguageModel.load(folder, settings);
    return new OwnEngine(name, model, model.engine(InstantSource.system()));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public double seconds(String prompt, int newTokens) throws IOException {
    return run(List.of(request(prompt, Sampling.greedy(newTokens, List.of()))), newTokens)
        .seconds();
  }

  /**
   * What some requests took together.
   *
   * @param seconds of all of them
   * @param share what of it passed outside the engine's calls
   */
  record Taken(double seconds, double share) {}

  /** Prompts in flight together, each continued greedily. */
  Taken together(List<String> prompts, int newTokens) throws IOException {
    return run(
        prompts.stream()
            .map(prompt -> request(prompt, Sampling.greedy(newTokens, List.of())))
            .toList(),
        newTokens);
  }

  /** One prompt with many samples. */
  Taken forked(String prompt, int samples, int newTokens) throws IOException {
    return run(List.of(request(prompt, sampled(samples, newTokens))), newTokens);
  }

  /** As many samples, each of a request with a prompt of its own, in flight together. */
  Taken apart(List<String> prompts, int newTokens) throws IOException {
    return run(
        prompts.stream().map(prompt -> request(prompt, sampled(1, newTokens))).toList(), newTokens);
  }

  /** A text of as many tokens, or one or two more. */
  String prompt(int tokens, long seed) {
    return Stream.iterate(tokens, letters -> letters + 1)
        .map(letters -> RandomModel.prompt(letters, seed))
        .filter(text -> model.tokenizer().count(text) >= tokens)
        .findFirst()
        .orElseThrow();
  }

  /** Most tokens of a sequence. */
  int contextLength() {
    return model.config().contextLength();
  }

  private Taken run(List<GenerationRequest> requests, int newTokens) throws IOException {
    long engineBefore = model.timeInEngine().toNanos();
    long start = System.nanoTime();
    List<Generation> generations = engine.generate(requests);
    double taken = System.nanoTime() - start;
    double inEngine = model.timeInEngine().toNanos() - engineBefore;
    for (Generation generation : generations) {
      int fewest =
          generation.sequences().stream().mapToInt(s -> s.tokenIds().size()).min().orElse(0);
      if (fewest != newTokens) {
        throw new IOException(
            "the model ended a sequence after %d of %d tokens: measure one that does not"
                .formatted(fewest, newTokens));
      }
    }
    return new Taken(taken / 1e9, 1 - inEngine / taken);
  }

  private static GenerationRequest request(String prompt, Sampling sampling) {
    return new GenerationRequest(prompt, sampling, null);
  }

  private static Sampling sampled(int samples, int newTokens) {
    return new Sampling(false, samples, 1, 1, newTokens, List.of(), 1);
  }

  /** Prompts of as many tokens, each another one. */
  List<String> prompts(int number, int tokens, long seed) {
    return IntStream.range(0, number).mapToObj(i -> prompt(tokens, seed * number + i)).toList();
  }

  @Override
  public void close() {
    engine.close();
    model.close();
  }
}
