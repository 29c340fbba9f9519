package dev.refrain.schemas.registry;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a registry with the Confluent API is reached.
 *
 * @param urls one or more, each with {@code http} or {@code https}; the next is asked where one
 *     does not answer
 * @param credentials who asks
 * @param trustStore certificates to trust; the JVM's own if empty
 * @param keyStore this client's certificate, for mutual TLS
 * @param requestTimeout how long to wait for a connection, and then for an answer
 */
public record RegistrySettings(
    List<String> urls,
    Credentials credentials,
    Optional<KeyStoreFile> trustStore,
    Optional<KeyStoreFile> keyStore,
    Duration requestTimeout) {

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

  public RegistrySettings {
    urls = List.copyOf(urls);
    if (urls.isEmpty()) {
      throw new IllegalArgumentException("Registry has no URL, needs at least one");
    }
    for (String url : urls) {
      if (!url.startsWith("http://") && !url.startsWith("https://")) {
        throw new IllegalArgumentException(
            "Registry URL is '%s', must start with http:// or https://".formatted(url));
      }
    }
    if (requestTimeout.toMillis() < 1 || requestTimeout.toMillis() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "Registry request timeout is %s, must be 1 ms to 24 days".formatted(requestTimeout));
    }
  }

  /** A registry that asks for nothing, with 10 seconds for each request. */
  public static RegistrySettings open(String url) {
    return new RegistrySettings(
        List.of(url), new Credentials.None(), Optional.empty(), Optional.empty(), REQUEST_TIMEOUT);
  }

  /** The same, under the names of the Confluent client. */
  Map<String, String> clientConfig() {
    Map<String, String> config = new HashMap<>();
    String timeout = Long.toString(requestTimeout.toMillis());
    config.put("http.connect.timeout.ms", timeout);
    config.put("http.read.timeout.ms", timeout);
    switch (credentials) {
      case Credentials.None() -> {}
      case Credentials.Basic(String username, String password) -> {
        config.put("basic.auth.credentials.source", "USER_INFO");
        config.put("basic.auth.user.info", username + ":" + password);
      }
      case Credentials.Bearer(String token) -> {
        config.put("bearer.auth.credentials.source", "STATIC_TOKEN");
        config.put("bearer.auth.token", token);
      }
    }
    trustStore.ifPresent(store -> putStore(config, "truststore", store));
    keyStore.ifPresent(
        store -> {
          putStore(config, "keystore", store);
          config.put("schema.registry.ssl.key.password", store.password());
        });
    return config;
  }

  private static void putStore(Map<String, String> config, String name, KeyStoreFile store) {
    String prefix = "schema.registry.ssl." + name;
    config.put(prefix + ".location", store.path().toString());
    config.put(prefix + ".password", store.password());
  }
}
