package dev.refrain.topology.cli;

import dev.refrain.topology.serve.MetricsEndpoint;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a process shows its counters while it runs. */
final class MetricsOptions {
  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description = {
        "Show the counters at http://localhost:PORT/metrics in Prometheus' text format;",
        "0 for a free port (default: they are only logged at the end)."
      })
  private @Nullable Integer port;

  /** Counters, and where they are shown if anywhere. */
  record Shown(MeterRegistry meters, @Nullable MetricsEndpoint endpoint) implements AutoCloseable {

    /** A line for the user; empty where nothing is shown. */
    String line() {
      return endpoint == null
          ? ""
          : " Metrics: http://localhost:%d/metrics.".formatted(endpoint.port());
    }

    @Override
    public void close() {
      if (endpoint != null) {
        endpoint.close();
      }
    }
  }

  /** Opens what was asked for; the caller closes it. */
  Shown open() {
    if (port == null) {
      return new Shown(new SimpleMeterRegistry(), null);
    }
    MetricsEndpoint endpoint = MetricsEndpoint.open(port);
    return new Shown(endpoint.meters(), endpoint);
  }
}
