package dev.refrain.topology.bench;

import dev.refrain.processors.packing.TokenCounter;
import dev.refrain.processors.retrieval.Retriever;
import dev.refrain.processors.stages.EndingLog;
import dev.refrain.processors.stages.QuestionMetrics;
import dev.refrain.processors.work.WorkRequests;
import dev.refrain.schemas.TopicSpec;
import dev.refrain.schemas.Topics;
import dev.refrain.schemas.avro.Question;
import dev.refrain.schemas.registry.InProcessRegistry;
import dev.refrain.schemas.registry.SchemaRegistry;
import dev.refrain.schemas.serde.Codecs;
import dev.refrain.topology.QaPorts;
import dev.refrain.topology.QaTopology;
import dev.refrain.topology.broker.Cluster;
import dev.refrain.topology.broker.TopicCreator;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.serve.StageSettings;
import dev.refrain.topology.serve.StreamProperties;
import dev.refrain.topology.serve.StreamRunner;
import dev.refrain.topology.serve.Surroundings;
import dev.refrain.topology.serve.WorkerPools;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/**
 * The complete topology with instantaneous workers beside a bare Kafka Streams chain with as many
 * topic hops, records and bytes (decisions and the changelogs of its stores included), on one
 * broker with the same settings: throughput of a burst, and latency of one question at a time. The
 * two sides take turns.
 *
 * @param configuration of a cluster whose topics are not there yet, with an index and a model
 *     folder
 * @param cluster the cluster
 * @param sizes how much is measured
 */
public record PipelineBench(Configuration configuration, Cluster cluster, Sizes sizes) {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /** Tokens of context; the model itself is not there. */
  private static final int CONTEXT = 512;

  /**
   * How much is measured.
   *
   * @param warmUps bursts before anything is measured, for each side, 1 or more
   * @param burst questions of one burst, 1 or more
   * @param singles questions asked one at a time, 1 or more
   * @param rounds turns of both sides, 1 or more
   */
  public record Sizes(int warmUps, int burst, int singles, int rounds) {}

  /**
   * Runs both sides.
   *
   * @param reading what the topology reads with
   * @param progress told of each finished turn
   */
  public PipelineResult run(Reading reading, Consumer<String> progress)
      throws InterruptedException {
    Topics topics = configuration.topics().topics();
    create(topics.all());
    SchemaRegistry registry = InProcessRegistry.inMemory();
    Codecs codecs = Codecs.over(registry);
    Surroundings around =
        new Surroundings(cluster, registry, InstantSource.system(), new SimpleMeterRegistry());
    Properties properties = properties(codecs, configuration.stream().applicationId());
    try (StreamRunner way =
            StreamRunner.start(topology(reading, codecs, around), properties, around.clock());
        WorkerPools _ = WorkerPools.with(configuration, around, InstantPools::new);
        Traffic questions =
            new Traffic(cluster.client(), topics.questions().name(), topics.answers().name())) {
      way.awaitRunning(TIMEOUT);
      warmUp(questions, id -> question(codecs, id));
      return beside(questions, codecs, progress);
    }
  }

  /**
   * What the topology reads with.
   *
   * @param retriever finds passages
   * @param tokens counts tokens
   */
  public record Reading(Retriever retriever, TokenCounter tokens) {}

  private Topology topology(Reading reading, Codecs codecs, Surroundings around) {
    QaPorts ports =
        new QaPorts(
            codecs,
            reading.retriever(),
            reading.tokens(),
            new WorkRequests("model", "identity"),
            EndingLog.NOT_NEEDED,
            new QuestionMetrics(around.meters()));
    return QaTopology.build(
        StageSettings.of(configuration, CONTEXT, UnaryOperator.identity()), ports);
  }

  private PipelineResult beside(Traffic questions, Codecs codecs, Consumer<String> progress)
      throws InterruptedException {
    Topics topics = configuration.topics().topics();
    ChainPlan plan =
        ChainPlan.of(
            new TopicSizes(cluster.client()), topics, configuration.stream().applicationId());
    progress.accept(plan.inWords());
    TopicSpec model = topics.questions();
    create(
        plan.topics().stream()
            .map(
                name ->
                    new TopicSpec(
                        name,
                        "",
                        model.schema(),
                        topics.partitions(),
                        model.cleanup(),
                        model.retention()))
            .toList());
    try (StreamRunner chain =
            StreamRunner.start(
                BareChain.build(plan),
                properties(codecs, configuration.stream().applicationId() + "-chain"),
                InstantSource.system());
        Traffic records =
            new Traffic(
                cluster.client(), plan.hops().getFirst().from(), plan.hops().getLast().to())) {
      chain.awaitRunning(TIMEOUT);
      byte[] value = question(codecs, "warm");
      warmUp(records, id -> value);
      return turns(questions, codecs, records, progress);
    }
  }

  private PipelineResult turns(
      Traffic questions, Codecs codecs, Traffic records, Consumer<String> progress) {
    List<PipelineResult.Turn> way = new ArrayList<>();
    List<PipelineResult.Turn> chain = new ArrayList<>();
    byte[] value = question(codecs, "value");
    for (int round = 0; round < sizes.rounds(); round++) {
      String name = "r" + round;
      way.add(
          new PipelineResult.Turn(
              questions.throughput(ids(name + "b", sizes.burst()), id -> question(codecs, id)),
              questions.medianLatency(
                  ids(name + "s", sizes.singles()), id -> question(codecs, id))));
      chain.add(
          new PipelineResult.Turn(
              records.throughput(ids(name + "b", sizes.burst()), id -> value),
              records.medianLatency(ids(name + "s", sizes.singles()), id -> value)));
      progress.accept(
          "%d of %d rounds: %s, chain %s"
              .formatted(
                  round + 1, sizes.rounds(), way.getLast().burst(), chain.getLast().burst()));
    }
    return new PipelineResult(way, chain);
  }

  private void warmUp(Traffic traffic, Function<String, byte[]> value) {
    for (int i = 0; i < sizes.warmUps(); i++) {
      var unused = traffic.throughput(ids("warm" + i, sizes.burst()), value);
    }
  }

  private Properties properties(Codecs codecs, String applicationId) {
    Topics topics = configuration.topics().topics();
    Properties properties =
        StreamProperties.of(
            configuration.stream(),
            cluster.client(),
            configuration.topics().replicationFactor(),
            topics.deadLetters().name(),
            codecs);
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    return properties;
  }

  private void create(List<TopicSpec> topics) throws InterruptedException {
    try (Admin admin = Admin.create(new HashMap<>(cluster.client()))) {
      var unused =
          new TopicCreator(admin, (short) configuration.topics().replicationFactor(), TIMEOUT)
              .create(topics);
    }
  }

  private static List<String> ids(String name, int count) {
    return IntStream.range(0, count).mapToObj(i -> name + "-" + i).toList();
  }

  private byte[] question(Codecs codecs, String id) {
    Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
    Question question =
        new Question(
            id,
            "What is the capital of the country in question %s?".formatted(id),
            configuration.questions().tasks().getFirst(),
            now,
            now.plus(Duration.ofMinutes(10)),
            Map.of());
    return codecs.questions().encode(configuration.topics().topics().questions().name(), question);
  }
}
