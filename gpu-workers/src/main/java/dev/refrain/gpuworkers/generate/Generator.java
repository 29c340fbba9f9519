package dev.refrain.gpuworkers.generate;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Continues prompts with a frozen model. Safe for use by many threads. */
public interface Generator {

  /**
   * Takes a request to generate for it beside those that run.
   *
   * @return the generation, what there is of it where the deadline comes first; cancelled, it ends
   *     early and frees its memory; it completes with an {@link IllegalArgumentException} where
   *     {@link #check} refuses the request, and with another where the model failed or is closed
   */
  CompletableFuture<Generation> submit(GenerationRequest request);

  /**
   * Refuses a request that can never be served.
   *
   * @throws IllegalArgumentException if the prompt gives no token, which an empty text does where
   *     the tokenizer adds none, if prompt and new tokens exceed the model's context, if their keys
   *     and values exceed the memory there is for them, or if a span source is outside the prompt;
   *     the message has the numbers
   */
  void check(GenerationRequest request);

  /**
   * Generates for several requests and waits for all.
   *
   * @return one generation a request, in the same order
   * @throws java.util.concurrent.CompletionException if one of them fails
   */
  default List<Generation> generate(List<GenerationRequest> requests) {
    List<CompletableFuture<Generation>> generations = requests.stream().map(this::submit).toList();
    return generations.stream().map(CompletableFuture::join).toList();
  }
}
