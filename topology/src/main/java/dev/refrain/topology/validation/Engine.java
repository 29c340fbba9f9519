package dev.refrain.topology.validation;

import dev.refrain.gpuworkers.openai.EngineException;
import dev.refrain.gpuworkers.openai.OpenAiGenerator;
import dev.refrain.topology.config.OpenAiConfig;
import dev.refrain.topology.serve.RemoteLm;
import java.time.InstantSource;

/** Asks the engine that serves the language model elsewhere for its models. */
final class Engine {
  private static final String WHAT = "engine";

  private Engine() {}

  static Check reachable(OpenAiConfig engine) {
    try (OpenAiGenerator _ =
        OpenAiGenerator.connect(RemoteLm.settings(engine), InstantSource.system())) {
      return Check.ok(WHAT, "%s at %s".formatted(engine.model(), engine.url()));
    } catch (IllegalArgumentException | EngineException e) {
      return Check.failed(WHAT, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Check.failed(WHAT, "interrupted");
    }
  }
}
