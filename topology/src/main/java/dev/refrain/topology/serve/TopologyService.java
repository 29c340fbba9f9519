package dev.refrain.topology.serve;

import dev.refrain.gpuworkers.model.ModelFolder;
import dev.refrain.gpuworkers.tokenizer.Tokenizer;
import dev.refrain.processors.retrieval.LuceneRetriever;
import dev.refrain.processors.stages.EndingLog;
import dev.refrain.processors.stages.QuestionMetrics;
import dev.refrain.processors.work.WorkRequests;
import dev.refrain.schemas.Topics;
import dev.refrain.schemas.serde.Codecs;
import dev.refrain.topology.QaPorts;
import dev.refrain.topology.QaSettings;
import dev.refrain.topology.QaTopology;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.config.RetrievalConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;

/**
 * The topology of one process with what it reads: the index and the model's tokenizer. It loads no
 * weights. Safe for use by many threads.
 */
public final class TopologyService implements AutoCloseable {
  private final LuceneRetriever retriever;
  private final Tokenizer tokenizer;
  private final QaSettings settings;
  private final StreamRunner runner;

  private TopologyService(
      LuceneRetriever retriever, Tokenizer tokenizer, QaSettings settings, StreamRunner runner) {
    this.retriever = retriever;
    this.tokenizer = tokenizer;
    this.settings = settings;
    this.runner = runner;
  }

  /**
   * Starts the topology on a cluster whose topics are there.
   *
   * @throws UncheckedIOException if the index cannot be opened
   * @throws dev.refrain.gpuworkers.model.UnusableModelException if the model folder is of no use
   */
  public static TopologyService start(Configuration configuration, Surroundings surroundings) {
    ModelFolder model = ModelFolder.open(configuration.model().requiredFolder());
    String digest = model.digest();
    SoftPrompts prompts = SoftPrompts.read(configuration.model().prompts(), digest);
    QaSettings settings = StageSettings.of(configuration, prompts.contextLength(model.config()));
    Tokenizer tokenizer = Tokenizer.open(model);
    LuceneRetriever retriever = open(configuration);
    Codecs codecs = Codecs.over(surroundings.registry());
    QaPorts ports =
        new QaPorts(
            codecs,
            retriever,
            tokenizer::count,
            new WorkRequests(digest, configuration.rerank().kind().name(), prompts.digests()),
            endings(configuration, surroundings),
            new QuestionMetrics(surroundings.meters()));
    Properties properties =
        StreamProperties.of(
            configuration.stream(),
            surroundings.cluster().client(),
            configuration.topics().replicationFactor(),
            settings.topics().deadLetters().name(),
            codecs);
    new PolicyPublisher(surroundings, codecs.policies())
        .publish(settings.policy(), settings.topics().policies().name());
    StreamRunner runner =
        StreamRunner.start(QaTopology.build(settings, ports), properties, surroundings.clock());
    return new TopologyService(retriever, tokenizer, settings, runner);
  }

  private static EndingLog endings(Configuration configuration, Surroundings surroundings) {
    Topics topics = configuration.topics().topics();
    return switch (configuration.stream().guarantee()) {
      case EXACTLY_ONCE -> EndingLog.NOT_NEEDED;
      case AT_LEAST_ONCE ->
          new KafkaEndingLog(
              new TopicReader(surroundings.cluster().client()),
              List.of(topics.answers().name(), topics.deadLetters().name()));
    };
  }

  private static LuceneRetriever open(Configuration configuration) {
    RetrievalConfig retrieval = configuration.retrieval();
    try {
      return LuceneRetriever.open(retrieval.requiredIndex(), retrieval.bm25());
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  public QaSettings settings() {
    return settings;
  }

  public StreamRunner runner() {
    return runner;
  }

  @Override
  public void close() {
    runner.close();
    tokenizer.close();
    try {
      retriever.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot close the index", e);
    }
  }
}
