package dev.refrain.gpuworkers.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refrain.gpuworkers.generate.Sequence;
import dev.refrain.gpuworkers.generate.Sequence.Finish;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * An engine's answer in our words. Log-probabilities stand in it in one of two ways: in lists side
 * by side, as of OpenAI's completions, or token by token, as of its chat.
 *
 * @param promptTokens tokens of the prompt, 0 where the engine does not say
 * @param choices the sequences, in order
 */
record Completion(int promptTokens, List<Choice> choices) {
  /** Stands for a token whose id the engine does not tell. */
  static final int UNKNOWN_TOKEN = -1;

  private static final String TOKEN_ID = "token_id:";

  /**
   * One sequence.
   *
   * @param tokenIds {@link #UNKNOWN_TOKEN} where the engine does not tell
   * @param logProbabilities one a token
   * @param firstTokenEntropy of the first token's distribution in nats, all tokens that the engine
   *     does not list taken for one: never more than the true entropy
   */
  record Choice(
      String text,
      List<Integer> tokenIds,
      List<Float> logProbabilities,
      float firstTokenEntropy,
      Finish finish) {

    Sequence sequence(boolean greedy) {
      return new Sequence(text, tokenIds, logProbabilities, firstTokenEntropy, greedy, finish);
    }
  }

  /**
   * Reads an answer.
   *
   * @param expected number of choices that were asked for
   * @throws EngineException if it lacks something, with what it says there
   */
  static Completion read(JsonNode answer, int expected) {
    JsonNode found = answer.path("choices");
    if (found.size() != expected) {
      throw new EngineException(
          "The engine gave %d sequences, not the %d that were asked for"
              .formatted(found.size(), expected));
    }
    List<Choice> choices =
        found
            .valueStream()
            .sorted(Comparator.comparingInt(choice -> choice.path("index").asInt()))
            .map(Completion::choice)
            .toList();
    return new Completion(answer.at("/usage/prompt_tokens").asInt(0), choices);
  }

  private static Choice choice(JsonNode choice) {
    JsonNode text = choice.path("text");
    if (!text.isTextual()) {
      throw new EngineException("The engine's text is %s".formatted(text));
    }
    JsonNode told = choice.path("logprobs");
    List<Token> tokens = told.has("content") ? tokenByToken(told.get("content")) : sideBySide(told);
    if (tokens.isEmpty() && !text.textValue().isEmpty()) {
      throw new EngineException(
          "The engine gave no log-probabilities; start it so that it does, for example with --max-logprobs 20");
    }
    return new Choice(
        text.textValue(),
        ids(tokens, choice.path("token_ids")),
        tokens.stream().map(token -> (float) token.logProbability()).toList(),
        tokens.isEmpty() ? 0 : (float) entropy(tokens.getFirst().likeliest()),
        finish(choice.path("finish_reason")));
  }

  private static Finish finish(JsonNode reason) {
    return switch (reason.asText()) {
      case "stop" -> Finish.STOP;
      case "length" -> Finish.LENGTH;
      default ->
          throw new EngineException(
              "The engine ended a sequence for '%s', not 'stop' or 'length'"
                  .formatted(reason.asText()));
    };
  }

  private record Token(int id, double logProbability, List<Double> likeliest) {}

  private static List<Token> tokenByToken(JsonNode content) {
    return content
        .valueStream()
        .map(
            token -> {
              double own = token.path("logprob").asDouble();
              List<Double> likeliest = numbers(token.path("top_logprobs"), "logprob");
              if (!likeliest.contains(own)) {
                likeliest.add(own);
              }
              return new Token(token.path("id").asInt(UNKNOWN_TOKEN), own, likeliest);
            })
        .toList();
  }

  private static List<Token> sideBySide(JsonNode told) {
    JsonNode own = told.path("token_logprobs");
    List<Token> tokens = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      JsonNode listed = told.path("top_logprobs").path(i);
      List<Double> likeliest = numbers(listed, null);
      tokens.add(
          new Token(
              id(told.path("tokens").path(i).asText()),
              own.get(i).asDouble(),
              likeliest.isEmpty() ? List.of(own.get(i).asDouble()) : likeliest));
    }
    return tokens;
  }

  private static int id(String token) {
    return token.startsWith(TOKEN_ID)
        ? Integer.parseInt(token.substring(TOKEN_ID.length()))
        : UNKNOWN_TOKEN;
  }

  private static List<Integer> ids(List<Token> tokens, JsonNode told) {
    return told.size() == tokens.size()
        ? told.valueStream().map(JsonNode::asInt).toList()
        : tokens.stream().map(Token::id).toList();
  }

  private static List<Double> numbers(JsonNode values, @Nullable String field) {
    List<Double> numbers = new ArrayList<>();
    values
        .valueStream()
        .map(value -> field == null ? value : value.path(field))
        .forEach(value -> numbers.add(value.asDouble()));
    return numbers;
  }

  private static double entropy(List<Double> logProbabilities) {
    double rest = 1 - logProbabilities.stream().mapToDouble(Math::exp).sum();
    return DoubleStream.concat(
            logProbabilities.stream().mapToDouble(Math::exp), DoubleStream.of(Math.max(0, rest)))
        .filter(p -> p > 0)
        .map(p -> -p * Math.log(p))
        .sum();
  }
}
