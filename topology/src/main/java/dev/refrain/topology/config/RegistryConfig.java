package dev.refrain.topology.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code registry}: the schema registry.
 *
 * @param url of an HTTP registry with the Confluent API, several with commas; empty for the one
 *     inside the process
 * @param username for basic authentication; empty for none
 * @param password for basic authentication
 * @param bearerToken for bearer authentication; empty for none
 * @param trustStore certificates to trust for HTTPS
 * @param keyStore this client's own certificate for HTTPS
 * @param startTimeout how long to wait at start for a registry that does not answer
 */
public record RegistryConfig(
    String url,
    String username,
    String password,
    String bearerToken,
    Store trustStore,
    Store keyStore,
    Duration startTimeout) {

  /**
   * A JKS or PKCS12 file.
   *
   * @param path the file; null for none
   * @param password its password
   */
  public record Store(@Nullable Path path, String password) {}

  public RegistryConfig {
    Require.that(
        url.isBlank() || url.startsWith("http://") || url.startsWith("https://"),
        "url",
        '"' + url + '"',
        "empty, or start with http:// or https://");
    Require.that(
        username.isEmpty() || bearerToken.isEmpty(),
        "username",
        '"' + username + '"',
        "empty where bearerToken is set");
    Require.that(!startTimeout.isNegative(), "startTimeout", startTimeout, "0s or longer");
  }

  /** Whether the registry is the one inside this process. */
  public boolean inProcess() {
    return url.isBlank();
  }
}
