package dev.refrain.topology.resilience;

import dev.refrain.gpuworkers.pool.PoolService;
import dev.refrain.schemas.registry.SchemaRegistry;
import dev.refrain.topology.broker.Cluster;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.registry.Registries;
import dev.refrain.topology.serve.Surroundings;
import dev.refrain.topology.serve.WorkerPools;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;

/** The workers of both pools without a topology, as {@code refrain worker} runs them. */
record Workers(Cluster cluster, SchemaRegistry registry, WorkerPools pools)
    implements AutoCloseable {

  static Workers start(Configuration configuration, PoolService service)
      throws InterruptedException {
    Cluster cluster = Cluster.open(configuration.kafka(), configuration.broker());
    SchemaRegistry registry = Registries.open(configuration, InstantSource.system());
    Surroundings around =
        new Surroundings(cluster, registry, InstantSource.system(), new SimpleMeterRegistry());
    return new Workers(cluster, registry, WorkerPools.with(configuration, around, () -> service));
  }

  @Override
  public void close() {
    pools.close();
    registry.close();
    cluster.close();
  }
}
