package dev.refrain.topology.cli;

import dev.refrain.schemas.Topics;
import dev.refrain.schemas.registry.SchemaRegistry;
import dev.refrain.topology.broker.Cluster;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.registry.Registries;
import dev.refrain.topology.serve.CounterLog;
import dev.refrain.topology.serve.Surroundings;
import dev.refrain.topology.serve.WorkerPools;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code refrain worker}: serves a pool from a process of its own. */
@Command(
    name = "worker",
    description = "Serve a pool of a running installation until Ctrl-C.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  refrain worker --model llama",
      "  refrain worker --pool lm --bootstrap-servers kafka:9092 --model llama",
      "  refrain worker --pool rerank --set workers.rerank.count=2"
    })
final class WorkerCommand implements Callable<Integer> {
  private static final Duration GRACE = Duration.ofSeconds(60);

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private BrokerOptions brokers = new BrokerOptions();
  @Mixin private FolderOptions folders = new FolderOptions();
  @Mixin private MetricsOptions metrics = new MetricsOptions();

  @Option(
      names = "--pool",
      paramLabel = "POOL",
      description = "The pool: lm or rerank (default: ${DEFAULT-VALUE}).")
  private String pool = Topics.LM;

  @Override
  public Integer call() throws InterruptedException {
    if (!List.of(Topics.LM, Topics.RERANK).contains(pool)) {
      throw common.wrongUsage("There is no pool '%s'; there are lm and rerank.".formatted(pool));
    }
    Configuration configuration =
        common.loadWithModel(folders.settings(brokers.settings())).configuration();
    InstantSource clock = InstantSource.system();
    try (Shutdown shutdown = Shutdown.watch(GRACE);
        MetricsOptions.Shown shown = metrics.open();
        CounterLog counters = new CounterLog(shown.meters());
        Cluster cluster = Cluster.attach(configuration.kafka(), configuration.broker());
        SchemaRegistry registry = Registries.open(configuration, clock);
        WorkerPools pools =
            WorkerPools.start(
                configuration,
                new Surroundings(cluster, registry, clock, counters.meters()),
                List.of(pool))) {
      common.output().value(Map.of("pool", pool, "workers", pools.size()));
      common.output().line("Serving the pool %s; end with Ctrl-C.%s".formatted(pool, shown.line()));
      shutdown.await();
    }
    return 0;
  }
}
