package dev.refrain.topology.serve;

import dev.refrain.connectors.prompt.SoftPrompt;
import dev.refrain.gpuworkers.model.ModelFolder;
import dev.refrain.gpuworkers.openai.OpenAiGenerator;
import dev.refrain.gpuworkers.openai.OpenAiSettings;
import dev.refrain.gpuworkers.openai.PromptEmbeddings;
import dev.refrain.gpuworkers.pool.AttachedServices;
import dev.refrain.gpuworkers.pool.GenerationService;
import dev.refrain.gpuworkers.pool.Outcome;
import dev.refrain.gpuworkers.pool.PoolService;
import dev.refrain.gpuworkers.tokenizer.Tokenizer;
import dev.refrain.schemas.avro.WorkRequest;
import dev.refrain.topology.config.ConfigurationException;
import dev.refrain.topology.config.ModelConfig;
import dev.refrain.topology.config.OpenAiConfig;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The configured frozen model, bare and behind its soft prompts, served by an engine elsewhere.
 * Loads no weights. Safe for use by many threads.
 */
public final class RemoteLm implements PoolService, AutoCloseable {
  private final OpenAiGenerator engine;
  private final @Nullable Tokenizer tokenizer;
  private final PoolService service;

  private RemoteLm(OpenAiGenerator engine, @Nullable Tokenizer tokenizer, PoolService service) {
    this.engine = engine;
    this.tokenizer = tokenizer;
    this.service = service;
  }

  /**
   * Connects to the engine.
   *
   * @param clock what deadlines are compared with
   * @return the service, which the caller closes
   * @throws ConfigurationException if the engine does not serve the model, or if it cannot be told
   *     which model it stands for
   * @throws dev.refrain.gpuworkers.openai.EngineException if the engine is away
   * @throws IllegalArgumentException if a soft prompt was tuned in front of another model, or the
   *     engine takes none
   */
  public static RemoteLm connect(OpenAiConfig config, ModelConfig model, InstantSource clock) {
    String digest =
        config.digest().isBlank()
            ? ModelFolder.open(model.requiredFolder()).digest()
            : config.digest();
    List<SoftPrompt> prompts = SoftPrompts.read(model.prompts(), digest).all();
    OpenAiGenerator engine = engine(config, clock);
    Tokenizer tokenizer = null;
    try {
      Map<String, PoolService> attached = new HashMap<>();
      if (!prompts.isEmpty()) {
        ModelFolder folder = ModelFolder.open(model.requiredFolder());
        tokenizer = Tokenizer.open(folder);
        for (SoftPrompt prompt : prompts) {
          PromptEmbeddings embeddings = new PromptEmbeddings(folder, tokenizer, prompt.vectors());
          attached.put(
              prompt.digest(),
              new GenerationService(engine.behind(embeddings), digest, prompt.digest()));
        }
      }
      PoolService bare = new GenerationService(engine, digest, null);
      return new RemoteLm(engine, tokenizer, new AttachedServices(bare, attached));
    } catch (RuntimeException e) {
      close(engine, tokenizer);
      throw e;
    }
  }

  private static OpenAiGenerator engine(OpenAiConfig config, InstantSource clock) {
    try {
      return OpenAiGenerator.connect(settings(config), clock);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("workers.openai: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while connecting to " + config.url(), e);
    }
  }

  /** How the engine is called. */
  public static OpenAiSettings settings(OpenAiConfig config) {
    return new OpenAiSettings(
        URI.create(config.url()),
        config.model(),
        config.apiKey(),
        config.maxCalls(),
        config.timeout(),
        config.retries(),
        config.backOff(),
        config.openAfter(),
        config.topLogProbabilities());
  }

  @Override
  public CompletableFuture<Outcome> submit(WorkRequest request) {
    return service.submit(request);
  }

  @Override
  public void close() {
    close(engine, tokenizer);
  }

  private static void close(OpenAiGenerator engine, @Nullable Tokenizer tokenizer) {
    engine.close();
    if (tokenizer != null) {
      tokenizer.close();
    }
  }
}
