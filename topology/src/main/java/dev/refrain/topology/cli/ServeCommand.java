package dev.refrain.topology.cli;

import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.serve.CounterLog;
import dev.refrain.topology.serve.Server;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code refrain serve}: runs the topology and the workers until it is told to end. */
@Command(
    name = "serve",
    description = {
      "Answer questions: run the topology and the workers of both pools until Ctrl-C.",
      "Without --bootstrap-servers it runs a broker of its own, too."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  refrain serve --index wiki-index --model llama",
      "  refrain serve --config refrain.yaml --bootstrap-servers kafka:9092",
      "  refrain serve --config refrain.yaml --set workers.lm.count=0   (workers elsewhere)"
    })
final class ServeCommand implements Callable<Integer> {
  private static final Duration GRACE = Duration.ofSeconds(60);

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private BrokerOptions brokers = new BrokerOptions();
  @Mixin private FolderOptions folders = new FolderOptions();
  @Mixin private MetricsOptions metrics = new MetricsOptions();

  @Override
  public Integer call() throws InterruptedException {
    Configuration configuration =
        common.loadWithModel(folders.settings(brokers.settings())).configuration();
    Output output = common.output();
    try (Shutdown shutdown = Shutdown.watch(GRACE);
        MetricsOptions.Shown shown = metrics.open();
        CounterLog counters = new CounterLog(shown.meters());
        Server server = Server.start(configuration, InstantSource.system(), counters.meters())) {
      String servers = server.surroundings().cluster().bootstrapServers();
      output.value(Map.of("serving", true, "bootstrapServers", servers));
      output.line(
          "Serving at %s; ask with `refrain ask`, end with Ctrl-C.%s"
              .formatted(servers, shown.line()));
      try {
        server.topology().runner().awaitEnd();
      } catch (InterruptedException e) {
        return shutdown.asked() ? 0 : 1;
      }
      server.topology().runner().requireHealthy();
      return 0;
    }
  }
}
