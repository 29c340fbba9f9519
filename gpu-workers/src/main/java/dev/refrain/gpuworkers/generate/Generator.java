package dev.refrain.gpuworkers.generate;

import java.util.List;

/**
 * Continues prompts with a frozen model. A request's tokens and log-probabilities depend on nothing
 * but the request: not on its neighbours in the list, not on time, not on earlier calls. One thread
 * at a time.
 */
public interface Generator {

  /**
   * Generates for several requests together.
   *
   * @param requests one or more; each must have passed {@link #check}
   * @return one generation a request, in the same order
   */
  List<Generation> generate(List<GenerationRequest> requests);

  /**
   * Refuses a request that can never be served.
   *
   * @throws IllegalArgumentException if the prompt gives no token, which an empty text does where
   *     the tokenizer adds none, if prompt and new tokens exceed the model's context, or if a span
   *     source is outside the prompt; the message has the numbers
   */
  void check(GenerationRequest request);
}
