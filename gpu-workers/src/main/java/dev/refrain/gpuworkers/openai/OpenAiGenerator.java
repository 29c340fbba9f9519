package dev.refrain.gpuworkers.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.refrain.gpuworkers.generate.Generation;
import dev.refrain.gpuworkers.generate.GenerationRequest;
import dev.refrain.gpuworkers.generate.Generator;
import dev.refrain.gpuworkers.generate.Sampling;
import dev.refrain.gpuworkers.generate.Sequence;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Generates with an engine that speaks OpenAI's completions interface. The greedy sequence is a
 * call of its own at temperature 0, the samples are another, or one each where the engine is not
 * known to give several; sample {@code i} has the seed of the request plus {@code i}. Safe for use
 * by many threads.
 *
 * <p>What an engine gives differs from a model of our own: token ids are -1 where it does not tell
 * them; the first token's entropy is a lower bound, from the likeliest tokens alone;
 * log-probabilities are those of the model before temperature and top-p with vLLM and llama.cpp,
 * and whatever else the engine calls so with others; a sequence that the deadline ends is lost; and
 * the same seed gives the same tokens only as far as the engine keeps to that.
 */
public final class OpenAiGenerator implements Generator, AutoCloseable {
  /** Engines take seeds of different widths; this many bits fit all. */
  private static final int SEED_BITS = 31;

  private final OpenAiSettings settings;
  private final EngineCalls calls;
  private final EngineKind kind;
  private final Prompt prompt;
  private final InstantSource clock;

  private OpenAiGenerator(
      OpenAiSettings settings,
      EngineCalls calls,
      EngineKind kind,
      Prompt prompt,
      InstantSource clock) {
    this.settings = settings;
    this.calls = calls;
    this.kind = kind;
    this.prompt = prompt;
    this.clock = clock;
  }

  /**
   * Connects to an engine and looks whether it serves the model.
   *
   * @param clock what deadlines are compared with
   * @return a generator, which the caller closes
   * @throws IllegalArgumentException if it serves other models only, naming them, or refuses
   * @throws EngineException if it is away or busy
   */
  public static OpenAiGenerator connect(OpenAiSettings settings, InstantSource clock)
      throws InterruptedException {
    EngineApi api = new EngineApi(settings);
    try {
      EngineKind kind =
          EngineKind.of(served(settings, api.get("models")).path("owned_by").asText());
      EngineCalls calls = new EngineCalls(api, settings, clock);
      return new OpenAiGenerator(
          settings, calls, kind, (body, text) -> body.put("prompt", text), clock);
    } catch (RuntimeException | InterruptedException e) {
      api.close();
      throw e;
    }
  }

  private static JsonNode served(OpenAiSettings settings, JsonNode models) {
    List<JsonNode> all = models.path("data").valueStream().toList();
    return all.stream()
        .filter(model -> model.path("id").asText().equals(settings.model()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The engine at %s serves %s, not '%s': set the model to one of them"
                        .formatted(
                            settings.url(),
                            all.stream().map(model -> model.path("id").asText()).toList(),
                            settings.model())));
  }

  /**
   * The same engine behind a soft prompt.
   *
   * @return a generator that ends with this one
   * @throws IllegalArgumentException if the engine is none that takes embeddings
   */
  public Generator behind(PromptEmbeddings embeddings) {
    if (kind != EngineKind.VLLM) {
      throw new IllegalArgumentException(
          "%s is no vLLM, and no other engine takes prompts as embeddings: serve without soft"
                  .formatted(settings)
              + " prompts, or with vLLM started with --enable-prompt-embeds");
    }
    Prompt embedded = (body, text) -> body.put("prompt_embeds", embeddings.base64(text));
    return new OpenAiGenerator(settings, calls, kind, embedded, clock);
  }

  @Override
  public void check(GenerationRequest request) {
    if (request.spans() != null) {
      throw new IllegalArgumentException(
          "Answers made of spans need a model of our own: %s cannot be held to them; let answers be free"
              .formatted(settings));
    }
  }

  @Override
  public CompletableFuture<Generation> submit(GenerationRequest request) {
    Instant start = clock.instant();
    List<CompletableFuture<Completion>> parts;
    try {
      check(request);
      parts = bodies(request).map(body -> calls.complete(body, request.deadline())).toList();
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(e);
    }
    CompletableFuture<Generation> generation =
        CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
            .thenApply(
                _ ->
                    generation(
                        request.sampling(),
                        parts.stream().map(CompletableFuture::join).toList(),
                        Duration.between(start, clock.instant())));
    for (CompletableFuture<Completion> part : parts) {
      var unused = part.exceptionally(failure -> failed(generation, failure));
    }
    var unused = generation.whenComplete((_, _) -> parts.forEach(part -> part.cancel(true)));
    return generation;
  }

  private static @Nullable Completion failed(
      CompletableFuture<Generation> generation, Throwable failure) {
    generation.completeExceptionally(failure);
    return null;
  }

  private Stream<ObjectNode> bodies(GenerationRequest request) {
    Sampling sampling = request.sampling();
    Stream.Builder<ObjectNode> bodies = Stream.builder();
    if (sampling.greedy()) {
      bodies.add(body(request).put("temperature", 0).put("n", 1));
    }
    int together = kind.severalSamples() ? sampling.samples() : 1;
    for (int i = 0; i < sampling.samples(); i += together) {
      bodies.add(
          body(request)
              .put("temperature", sampling.temperature())
              .put("top_p", sampling.topP())
              .put("seed", (sampling.seed() + i) & ((1L << SEED_BITS) - 1))
              .put("n", together));
    }
    return bodies.build();
  }

  private ObjectNode body(GenerationRequest request) {
    Sampling sampling = request.sampling();
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("model", settings.model());
    prompt.put(body, request.prompt());
    body.put("max_tokens", sampling.maxNewTokens());
    body.put("logprobs", settings.topLogProbabilities());
    kind.leaveProbabilitiesAlone(body);
    if (!sampling.stopStrings().isEmpty()) {
      sampling.stopStrings().forEach(body.putArray("stop")::add);
    }
    if (kind == EngineKind.VLLM) {
      body.put("return_tokens_as_token_ids", true);
    }
    return body;
  }

  /** The time is that of the calls: how much of it an engine worked, it does not say. */
  private static Generation generation(Sampling sampling, List<Completion> parts, Duration taken) {
    List<Sequence> sequences = new ArrayList<>();
    for (Completion part : parts) {
      for (Completion.Choice choice : part.choices()) {
        boolean greedy = sampling.greedy() && sequences.isEmpty();
        sequences.add(choice.sequence(greedy));
      }
    }
    return new Generation(
        parts.getFirst().promptTokens(), sequences, Math.max(0, taken.toNanos() / 1e6));
  }

  @Override
  public void close() {
    calls.close();
  }

  /** How a prompt is put into a call. */
  private interface Prompt {
    void put(ObjectNode body, String prompt);
  }
}
