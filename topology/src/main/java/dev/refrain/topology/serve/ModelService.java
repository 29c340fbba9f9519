package dev.refrain.topology.serve;

import dev.refrain.connectors.prompt.PromptedLm;
import dev.refrain.connectors.prompt.SoftPrompt;
import dev.refrain.gpuworkers.generate.LanguageModel;
import dev.refrain.gpuworkers.model.EngineSettings;
import dev.refrain.gpuworkers.pool.AttachedServices;
import dev.refrain.gpuworkers.pool.GenerationService;
import dev.refrain.gpuworkers.pool.Outcome;
import dev.refrain.gpuworkers.pool.PoolService;
import dev.refrain.schemas.avro.WorkRequest;
import dev.refrain.topology.config.ModelConfig;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A frozen model with its soft prompts, loaded, as the service of a pool. Holds native memory until
 * it is closed. One thread at a time.
 */
public final class ModelService implements PoolService, AutoCloseable {
  private final LanguageModel model;
  private final List<PromptedLm> prompted = new ArrayList<>();
  private final PoolService service;

  private ModelService(LanguageModel model, List<SoftPrompt> prompts, InstantSource clock) {
    this.model = model;
    Map<String, PoolService> attached = new HashMap<>();
    for (SoftPrompt prompt : prompts) {
      PromptedLm behind = new PromptedLm(model.model(), prompt);
      prompted.add(behind);
      attached.put(
          prompt.digest(),
          new GenerationService(model.generator(behind, clock), model.digest(), prompt.digest()));
    }
    GenerationService bare = new GenerationService(model.generator(clock), model.digest(), null);
    this.service = new AttachedServices(bare, attached);
  }

  /**
   * Loads a model and its soft prompts.
   *
   * @param clock what deadlines are compared with
   * @throws dev.refrain.gpuworkers.model.UnusableModelException if a file is of no use
   * @throws IllegalArgumentException if a prompt was tuned in front of another model
   */
  public static ModelService load(ModelConfig config, EngineSettings engine, InstantSource clock) {
    LanguageModel model = LanguageModel.load(config.requiredFolder(), engine);
    try {
      return new ModelService(
          model, SoftPrompts.read(config.prompts(), model.digest()).all(), clock);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  @Override
  public List<Outcome> serve(List<WorkRequest> requests) {
    return service.serve(requests);
  }

  @Override
  public void close() {
    prompted.forEach(PromptedLm::close);
    model.close();
  }
}
