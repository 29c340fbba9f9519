package dev.refrain.gpuworkers.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Requests to a hub and to the storage that it redirects to. The token goes to the hub's own
 * address and to no other. Safe for use by many threads.
 */
final class HubConnection implements AutoCloseable {
  private static final int MOST_REDIRECTS = 10;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> PASSING = Set.of(408, 425, 429);

  private final HubSettings settings;
  private final HttpClient client;

  HubConnection(HubSettings settings) {
    this.settings = settings;
    // One large file after the other: HTTP/2 would have nothing to multiplex.
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.pace().connect())
            .build();
  }

  /**
   * Asks for an address of the hub and follows its redirects to anywhere.
   *
   * @param path below the hub's address, percent-encoded, with a slash in front
   * @return an answer of status 200, 206 or 416, of which the caller closes the body
   * @throws HubException if the answer is a refusal that will not change
   * @throws IOException if it is worth trying again
   */
  HttpResponse<InputStream> get(String path, Map<String, String> headers)
      throws IOException, InterruptedException {
    return follow("GET", path, headers, false);
  }

  /** Asks for what the hub itself says of an address, without going elsewhere; as {@link #get}. */
  HttpResponse<InputStream> head(String path) throws IOException, InterruptedException {
    return follow("HEAD", path, Map.of(), true);
  }

  private HttpResponse<InputStream> follow(
      String method, String path, Map<String, String> headers, boolean staying)
      throws IOException, InterruptedException {
    URI uri = URI.create(settings.endpoint() + path);
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      HttpResponse<InputStream> response =
          client.send(request(method, uri, headers), BodyHandlers.ofInputStream());
      if (!REDIRECTS.contains(response.statusCode())) {
        return accepted(response);
      }
      URI next = target(response);
      if (staying && !settings.owns(next)) {
        return response;
      }
      response.body().close();
      uri = next;
    }
    throw new HubException(
        "%s redirects more than %d times; check the hub's address"
            .formatted(settings.endpoint(), MOST_REDIRECTS));
  }

  private HttpRequest request(String method, URI uri, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .method(method, BodyPublishers.noBody())
            .timeout(settings.pace().answer())
            .header("User-Agent", "refrain")
            .header("Accept-Encoding", "identity");
    headers.forEach(request::header);
    if (!settings.token().isEmpty() && settings.owns(uri)) {
      request.header("Authorization", "Bearer " + settings.token());
    }
    return request.build();
  }

  private static URI target(HttpResponse<InputStream> response) throws IOException {
    Optional<String> location = response.headers().firstValue("Location");
    try {
      URI next = response.uri().resolve(location.orElse(""));
      boolean web = "https".equals(next.getScheme()) || "http".equals(next.getScheme());
      boolean safe =
          !"https".equals(response.uri().getScheme()) || "https".equals(next.getScheme());
      if (location.isPresent() && web && safe && next.getHost() != null) {
        return next;
      }
    } catch (IllegalArgumentException e) {
      // Reported below, with every other address that cannot be followed.
    }
    throw new HubException(
        "%s redirects to where Refrain does not follow: %s"
            .formatted(response.uri().getHost(), location.orElse("nowhere")));
  }

  private HttpResponse<InputStream> accepted(HttpResponse<InputStream> response)
      throws IOException {
    int status = response.statusCode();
    if (status == 200 || status == 206 || status == 416) {
      return response;
    }
    try (InputStream _ = response.body()) {
      String host = response.uri().getHost();
      if (status >= 500 || PASSING.contains(status)) {
        throw new BusyException(host, status, response.headers());
      }
      if (!settings.owns(response.uri())) {
        // An address of storage is signed and ends soon; the hub gives a new one.
        throw new IOException("the storage at %s answers %d".formatted(host, status));
      }
      throw Refusal.of(response, settings);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
