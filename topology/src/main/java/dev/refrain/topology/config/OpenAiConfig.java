package dev.refrain.topology.config;

import java.time.Duration;

/**
 * Section {@code workers.openai}: an engine elsewhere that serves the pool of the language model.
 *
 * @param url its OpenAI-compatible interface; empty for none, the model is then loaded here
 * @param model name of the model there
 * @param digest digest of the model that it stands for; empty for that of {@code model.folder}
 * @param apiKey bearer token; empty for none
 * @param maxCalls most calls at the same time, 1 or more
 * @param timeout longest wait for one answer
 * @param retries how often a failed call is repeated, 0 or more
 * @param backOff wait before the first repetition, below 10 s
 * @param openAfter failures in a row after which the engine is left alone for a while, 1 or more
 * @param topLogProbabilities likeliest tokens asked for at each place, 1 or more
 */
public record OpenAiConfig(
    String url,
    String model,
    String digest,
    String apiKey,
    int maxCalls,
    Duration timeout,
    int retries,
    Duration backOff,
    int openAfter,
    int topLogProbabilities) {

  public OpenAiConfig {
    Require.that(
        url.isBlank() || url.startsWith("http://") || url.startsWith("https://"),
        "url",
        '"' + url + '"',
        "empty, or start with http:// or https://");
    Require.that(
        url.isBlank() || !model.isBlank(),
        "model",
        '"' + model + '"',
        "the name of a model at " + url);
    Require.atLeast(1, "maxCalls", maxCalls);
    Require.positive("timeout", timeout);
    Require.atLeast(0, "retries", retries);
    Require.positive("backOff", backOff);
    Require.that(
        backOff.compareTo(Duration.ofSeconds(10)) < 0,
        "backOff",
        DurationText.of(backOff),
        "shorter than 10s");
    Require.atLeast(1, "openAfter", openAfter);
    Require.atLeast(1, "topLogProbabilities", topLogProbabilities);
  }

  /** Whether an engine elsewhere serves the pool. */
  public boolean given() {
    return !url.isBlank();
  }
}
