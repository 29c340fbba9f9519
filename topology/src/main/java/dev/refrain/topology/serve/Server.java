package dev.refrain.topology.serve;

import dev.refrain.gpuworkers.pool.PoolService;
import dev.refrain.schemas.Topics;
import dev.refrain.schemas.registry.SchemaRegistry;
import dev.refrain.topology.broker.Cluster;
import dev.refrain.topology.client.ClientSettings;
import dev.refrain.topology.client.QuestionClient;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.registry.Registries;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole process of Refrain: the embedded broker where no cluster is configured, the topics, the
 * topology and the workers. Closing ends them in the opposite order. Safe for use by many threads.
 */
public final class Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);
  private static final Duration START_WITHIN = Duration.ofSeconds(90);
  private static final Duration CLIENT_TIMEOUT = Duration.ofSeconds(30);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private @Nullable Surroundings surroundings;
  private @Nullable TopologyService topology;

  private Server() {}

  /**
   * Starts everything that is configured and waits until questions are processed.
   *
   * @throws IllegalStateException if the topology does not run in time
   */
  public static Server start(Configuration configuration, InstantSource clock, MeterRegistry meters)
      throws InterruptedException {
    return start(
        configuration,
        clock,
        meters,
        around -> WorkerPools.start(configuration, around, List.of(Topics.RERANK, Topics.LM)));
  }

  /**
   * The same with services of the caller's in both pools.
   *
   * @param service makes the service of each worker
   */
  public static Server startWith(
      Configuration configuration,
      InstantSource clock,
      MeterRegistry meters,
      Supplier<PoolService> service)
      throws InterruptedException {
    return start(
        configuration, clock, meters, around -> WorkerPools.with(configuration, around, service));
  }

  private interface Pools {
    WorkerPools start(Surroundings around);
  }

  private static Server start(
      Configuration configuration, InstantSource clock, MeterRegistry meters, Pools pools)
      throws InterruptedException {
    Server server = new Server();
    try {
      Cluster cluster = server.opened(Cluster.open(configuration.kafka(), configuration.broker()));
      SchemaRegistry registry = server.opened(Registries.open(configuration, clock));
      TopicsAtStart.ready(cluster, configuration);
      Surroundings around = new Surroundings(cluster, registry, clock, meters);
      server.surroundings = around;
      TopologyService topology = server.opened(TopologyService.start(configuration, around));
      server.topology = topology;
      server.opened(pools.start(around));
      topology.runner().awaitRunning(START_WITHIN);
      return server;
    } catch (RuntimeException | InterruptedException e) {
      server.close();
      throw e;
    }
  }

  private <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }

  public Surroundings surroundings() {
    return present(surroundings);
  }

  public TopologyService topology() {
    return present(topology);
  }

  /** A client of this server's brokers; the caller closes it first. */
  public QuestionClient client(Configuration configuration) {
    Surroundings around = surroundings();
    return QuestionClient.open(
        new ClientSettings(
            around.cluster().bootstrapServers(),
            configuration.kafka().properties(),
            configuration.topics().topics(),
            CLIENT_TIMEOUT),
        around.registry(),
        around.clock());
  }

  private static <T> T present(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("The server has not started");
    }
    return part;
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.warn("{} did not close cleanly", part.getClass().getSimpleName(), e);
      }
    }
  }
}
