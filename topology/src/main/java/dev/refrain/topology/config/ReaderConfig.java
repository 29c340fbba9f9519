package dev.refrain.topology.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Set;

/**
 * Section {@code reader}: the first pass of the frozen model, one greedy sequence and samples.
 *
 * @param chat whether the prompts of both passes are what a user says in the model's chat template
 * @param prompt template of the whole prompt, with {@code {context}} and {@code {question}}
 * @param passage template of one passage of the context, with {@code {text}} and perhaps {@code
 *     {title}}; packed passages are joined without anything between
 * @param maxNewTokens most tokens of an answer, 1 or more
 * @param samples sampled answers beside the greedy one, in [0, 64]
 * @param temperature of the samples, above 0
 * @param topP nucleus mass of the samples, in (0, 1]
 * @param stop an answer ends before the first of these; none is empty
 * @param answer what an answer may be made of
 * @param noAnswer texts with which the model declines to answer, none blank or with a stop text in
 *     it
 * @param declinePenalty nats taken from the first token of noAnswer where answers are spans and the
 *     passages say nothing of what is asked
 * @param coveragePenalty nats taken besides where they say all of it, in between in proportion
 * @param seed decides the samples, together with the work itself
 */
public record ReaderConfig(
    boolean chat,
    String prompt,
    String passage,
    int maxNewTokens,
    int samples,
    double temperature,
    double topP,
    List<String> stop,
    AnswerForm answer,
    List<String> noAnswer,
    double declinePenalty,
    double coveragePenalty,
    long seed) {

  /**
   * Any text, or a run of whole words of a packed passage or one of {@code noAnswer}; a new span
   * holds no word of the question, but for longer names.
   */
  public enum AnswerForm {
    @JsonProperty("free")
    FREE,
    @JsonProperty("span")
    SPAN,
    @JsonProperty("new-span")
    NEW_SPAN
  }

  public ReaderConfig {
    stop = List.copyOf(stop);
    noAnswer = List.copyOf(noAnswer);
    Require.placeholders(
        "prompt", prompt, List.of("context", "question"), Set.of("context", "question"));
    Require.placeholders("passage", passage, List.of("text"), Set.of("title", "text"));
    Require.atLeast(1, "maxNewTokens", maxNewTokens);
    Require.that(samples >= 0 && samples <= 64, "samples", samples, "in [0, 64]");
    Require.that(
        temperature > 0 && Double.isFinite(temperature), "temperature", temperature, "above 0");
    Require.that(topP > 0 && topP <= 1, "topP", topP, "in (0, 1]");
    Require.that(stop.stream().noneMatch(String::isEmpty), "stop", stop, "texts, none empty");
    Require.that(
        areTexts(noAnswer, stop),
        "noAnswer",
        noAnswer,
        "texts, none blank or with a stop text in it");
    Require.that(
        Double.isFinite(declinePenalty), "declinePenalty", declinePenalty, "a finite number");
    Require.that(
        Double.isFinite(coveragePenalty), "coveragePenalty", coveragePenalty, "a finite number");
  }

  private static boolean areTexts(List<String> noAnswer, List<String> stop) {
    return noAnswer.stream()
        .noneMatch(text -> text.isBlank() || stop.stream().anyMatch(text::contains));
  }
}
