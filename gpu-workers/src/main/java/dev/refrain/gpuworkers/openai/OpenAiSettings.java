package dev.refrain.gpuworkers.openai;

import java.net.URI;
import java.time.Duration;

/**
 * Where the engine is and how it is called.
 *
 * @param url its interface, without {@code /completions}: {@code http://host:8000/v1}
 * @param model name of the model there
 * @param apiKey sent as bearer token; empty for none
 * @param maxCalls most calls at the same time, 1 or more
 * @param timeout longest wait for one answer, above 0
 * @param retries how often a call is repeated that failed, 0 or more; a call that was turned away
 *     because the engine is busy or away is repeated until its deadline
 * @param backOff wait before the first repetition, above 0; doubled each time up to {@link
 *     #LONGEST_BACK_OFF}, a quarter more or less
 * @param openAfter failures in a row after which the engine is left alone for {@link
 *     #LONGEST_BACK_OFF}, 1 or more
 * @param topLogProbabilities likeliest tokens to ask for at each place, 1 or more; engines have
 *     limits of their own, 20 for vLLM and 5 for OpenAI
 */
public record OpenAiSettings(
    URI url,
    String model,
    String apiKey,
    int maxCalls,
    Duration timeout,
    int retries,
    Duration backOff,
    int openAfter,
    int topLogProbabilities) {

  /** How long an engine is left alone at most. */
  static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(10);

  public OpenAiSettings {
    require(url.getHost() != null, "url", url, "http://host:port/v1 or https://");
    require(!model.isBlank(), "model", model, "the name of a model that the engine serves");
    require(maxCalls >= 1, "maxCalls", maxCalls, "1 or more");
    require(timeout.isPositive(), "timeout", timeout, "above 0");
    require(retries >= 0, "retries", retries, "0 or more");
    require(
        backOff.isPositive() && backOff.compareTo(LONGEST_BACK_OFF) < 0,
        "backOff",
        backOff,
        "above 0 and below " + LONGEST_BACK_OFF);
    require(openAfter >= 1, "openAfter", openAfter, "1 or more");
    require(topLogProbabilities >= 1, "topLogProbabilities", topLogProbabilities, "1 or more");
  }

  /** The address of one of its resources. */
  URI at(String resource) {
    return URI.create(url.toString().replaceAll("/+$", "") + "/" + resource);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "%s at %s".formatted(model, url);
  }

  private static void require(boolean holds, String name, Object value, String range) {
    if (!holds) {
      throw new IllegalArgumentException("%s is '%s', must be %s".formatted(name, value, range));
    }
  }
}
