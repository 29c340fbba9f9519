package dev.refrain.topology.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class MetricsEndpointTest {
  @Test
  void showsTheCountersAsTheyStand() throws Exception {
    try (MetricsEndpoint endpoint = MetricsEndpoint.open(0)) {
      endpoint.meters().counter("refrain.ended", "status", "ANSWERED").increment(3);

      HttpResponse<String> shown = get(endpoint, "/metrics", "GET");

      assertThat(shown.statusCode()).isEqualTo(200);
      assertThat(shown.headers().firstValue("Content-Type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
      assertThat(shown.body()).contains("refrain_ended_total{status=\"ANSWERED\"} 3.0");
    }
  }

  @Test
  void showsNothingElse() throws Exception {
    try (MetricsEndpoint endpoint = MetricsEndpoint.open(0)) {
      assertThat(get(endpoint, "/metrics/more", "GET").statusCode()).isEqualTo(404);
      assertThat(get(endpoint, "/", "GET").statusCode()).isEqualTo(404);
      assertThat(get(endpoint, "/metrics", "POST").statusCode()).isEqualTo(405);
    }
  }

  @Test
  void saysWhichPortIsTaken() {
    try (MetricsEndpoint endpoint = MetricsEndpoint.open(0)) {
      assertThatThrownBy(() -> MetricsEndpoint.open(endpoint.port()))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining(Integer.toString(endpoint.port()));
    }
  }

  private static HttpResponse<String> get(MetricsEndpoint endpoint, String path, String method)
      throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://localhost:%d%s".formatted(endpoint.port(), path));
      return client.send(
          HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody()).build(),
          BodyHandlers.ofString());
    }
  }
}
