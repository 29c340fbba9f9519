package dev.refrain.topology.config;

import dev.refrain.gpuworkers.hub.HubSettings;
import dev.refrain.gpuworkers.hub.ModelStore;
import java.nio.file.Path;

/**
 * Section {@code hub}: where models are pulled from, and where to.
 *
 * @param endpoint address of a server with the Hugging Face Hub's interface
 * @param token sent to that server alone; empty for none
 * @param folder of pulled models
 */
public record HubConfig(String endpoint, String token, Path folder) {
  public HubConfig {
    Require.that(
        endpoint.startsWith("https://") || endpoint.startsWith("http://"),
        "endpoint",
        '"' + endpoint + '"',
        "https://HOST or http://HOST");
  }

  /** The server. */
  public HubSettings settings() {
    return HubSettings.of(endpoint, token);
  }

  /** The pulled models. */
  public ModelStore store() {
    return new ModelStore(folder);
  }
}
