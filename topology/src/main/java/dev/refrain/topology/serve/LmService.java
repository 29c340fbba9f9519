package dev.refrain.topology.serve;

import dev.refrain.connectors.prompt.PromptedLm;
import dev.refrain.connectors.prompt.SoftPrompt;
import dev.refrain.gpuworkers.generate.GenerationEngine;
import dev.refrain.gpuworkers.generate.LanguageModel;
import dev.refrain.gpuworkers.pool.AttachedServices;
import dev.refrain.gpuworkers.pool.GenerationService;
import dev.refrain.gpuworkers.pool.Outcome;
import dev.refrain.gpuworkers.pool.PoolService;
import dev.refrain.processors.difficulty.Sample;
import dev.refrain.processors.records.Records;
import dev.refrain.processors.work.WorkRequests;
import dev.refrain.schemas.avro.Generated;
import dev.refrain.schemas.avro.WorkRequest;
import dev.refrain.topology.config.ModelConfig;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The configured frozen model, bare and behind its soft prompts, loaded to serve the pool {@code
 * lm}. Holds native memory until it is closed. Safe for use by many threads.
 */
public final class LmService implements PoolService, AutoCloseable {
  private final LanguageModel model;
  private final GenerationEngine engine;
  private final List<PromptedLm> prompted;
  private final SoftPrompts prompts;
  private final PoolService service;

  private LmService(
      LanguageModel model,
      GenerationEngine engine,
      List<PromptedLm> prompted,
      SoftPrompts prompts,
      PoolService service) {
    this.model = model;
    this.engine = engine;
    this.prompted = List.copyOf(prompted);
    this.prompts = prompts;
    this.service = service;
  }

  /**
   * Loads the model.
   *
   * @param clock what deadlines are compared with
   * @return the service, which the caller closes
   * @throws dev.refrain.topology.config.ConfigurationException if no model is configured
   * @throws dev.refrain.gpuworkers.model.UnusableModelException if the model folder or a soft
   *     prompt is of no use
   * @throws IllegalArgumentException if a soft prompt was tuned in front of another model
   */
  public static LmService load(ModelConfig config, InstantSource clock) {
    int threads =
        config.threads() == 0 ? Runtime.getRuntime().availableProcessors() : config.threads();
    LanguageModel model = LanguageModel.load(config.requiredFolder(), config.settings(threads));
    GenerationEngine engine = model.engine(clock);
    List<PromptedLm> prompted = new ArrayList<>();
    try {
      String digest = model.digest();
      SoftPrompts prompts = SoftPrompts.read(config.prompts(), digest);
      Map<String, PoolService> attached = new HashMap<>();
      for (SoftPrompt prompt : prompts.all()) {
        PromptedLm behind = new PromptedLm(model.model(), prompt);
        prompted.add(behind);
        attached.put(
            prompt.digest(), new GenerationService(engine.behind(behind), digest, prompt.digest()));
      }
      PoolService bare = new GenerationService(engine, digest, null);
      return new LmService(model, engine, prompted, prompts, new AttachedServices(bare, attached));
    } catch (RuntimeException e) {
      engine.close();
      prompted.forEach(PromptedLm::close);
      model.close();
      throw e;
    }
  }

  @Override
  public CompletableFuture<Outcome> submit(WorkRequest request) {
    return service.submit(request);
  }

  /**
   * Generates for one request.
   *
   * @return the greedy sequence first
   * @throws IllegalArgumentException if the model can never do it
   */
  public List<Sample> generate(WorkRequest request) {
    return switch (submit(request).join()) {
      case Outcome.Done(Generated generated, double _) ->
          generated.getCandidates().stream().map(Records::sample).toList();
      case Outcome.Done done ->
          throw new IllegalStateException("A generation gave " + done.result().getClass());
      case Outcome.Refused refused ->
          throw new IllegalArgumentException("The model refused the work: " + refused.reason());
    };
  }

  /** Digest of the frozen model. */
  public String digest() {
    return model.digest();
  }

  /** What stands in front of the model in which pass. */
  public WorkRequests.Attachments attachments() {
    return prompts.digests();
  }

  /** Most tokens of prompt and new tokens together, behind the longest of the soft prompts. */
  public int contextLength() {
    return prompts.contextLength(model.config());
  }

  /** Tokens of a text, begin-of-sequence included. */
  public int countTokens(String text) {
    return model.tokenizer().count(text);
  }

  @Override
  public void close() {
    engine.close();
    prompted.forEach(PromptedLm::close);
    model.close();
  }
}
