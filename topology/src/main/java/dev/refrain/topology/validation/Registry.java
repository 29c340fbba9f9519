package dev.refrain.topology.validation;

import dev.refrain.topology.config.RegistryConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** Asks the schema registry for its subjects. */
final class Registry {
  private static final String WHAT = "registry";

  private Registry() {}

  static Check reachable(RegistryConfig registry, Duration timeout) {
    if (registry.inProcess()) {
      return Check.skipped(WHAT, "in-process");
    }
    if (registry.trustStore().path() != null || registry.keyStore().path() != null) {
      return Check.skipped(WHAT, registry.url() + ", with stores of its own; tried at start only");
    }
    String url = registry.url().split(",", 2)[0].strip();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url.replaceFirst("/+$", "") + "/subjects"))
            .timeout(timeout);
    if (!registry.bearerToken().isEmpty()) {
      request.header("Authorization", "Bearer " + registry.bearerToken());
    } else if (!registry.username().isEmpty()) {
      request.header("Authorization", "Basic " + credentials(registry));
    }
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(timeout).build()) {
      int status =
          client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
      return switch (status) {
        case 200 -> Check.ok(WHAT, url);
        case 401, 403 -> Check.failed(WHAT, url + " refuses the credentials, status " + status);
        default ->
            Check.failed(WHAT, url + "/subjects has status " + status + "; is the path right?");
      };
    } catch (IOException e) {
      String reason = e.getMessage() == null ? "" : ": " + e.getMessage();
      return Check.failed(WHAT, url + " does not answer: " + e.getClass().getSimpleName() + reason);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Check.failed(WHAT, "interrupted");
    }
  }

  private static String credentials(RegistryConfig registry) {
    String pair = registry.username() + ":" + registry.password();
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
