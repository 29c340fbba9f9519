package dev.refrain.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.processors.decision.ThresholdPolicy;
import dev.refrain.processors.packing.AnswerSettings;
import dev.refrain.processors.packing.PackingSettings;
import dev.refrain.processors.packing.PackingSettings.Order;
import dev.refrain.processors.packing.PackingSettings.Overflow;
import dev.refrain.processors.packing.PromptTemplate;
import dev.refrain.processors.packing.ReadingSettings;
import dev.refrain.processors.question.QuestionRules;
import dev.refrain.processors.relevance.SharedTerms;
import dev.refrain.processors.retrieval.Hit;
import dev.refrain.processors.retrieval.Passage;
import dev.refrain.processors.retrieval.Retriever;
import dev.refrain.processors.stages.QuestionMetrics;
import dev.refrain.processors.stages.RetrievalSettings;
import dev.refrain.processors.work.GenerationSettings;
import dev.refrain.processors.work.WorkRequests;
import dev.refrain.schemas.Topics;
import dev.refrain.schemas.avro.Answer;
import dev.refrain.schemas.avro.Candidate;
import dev.refrain.schemas.avro.DeadLetter;
import dev.refrain.schemas.avro.Decision;
import dev.refrain.schemas.avro.Finish;
import dev.refrain.schemas.avro.Generate;
import dev.refrain.schemas.avro.Generated;
import dev.refrain.schemas.avro.Question;
import dev.refrain.schemas.avro.Rerank;
import dev.refrain.schemas.avro.Reranked;
import dev.refrain.schemas.avro.WorkRequest;
import dev.refrain.schemas.avro.WorkResult;
import dev.refrain.schemas.registry.InProcessRegistry;
import dev.refrain.schemas.serde.Codecs;
import dev.refrain.topology.config.StreamConfig;
import dev.refrain.topology.config.StreamConfig.Guarantee;
import dev.refrain.topology.serve.StreamProperties;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The topology in a test driver, with pools that answer from a script instead of a model. Not safe
 * for use by many threads.
 */
final class QuestionWay implements AutoCloseable {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final Topics TOPICS = new Topics("qa.", 1, Duration.ofDays(1), Duration.ofDays(1));
  static final List<Hit> HITS =
      List.of(
          new Hit(new Passage("d1#0", "Lyra", "Lyra is a small constellation with Vega."), 9),
          new Hit(new Passage("d2#0", "Vega", "Vega is the brightest star of Lyra."), 6),
          new Hit(new Passage("d3#0", "Mars", "Mars is red."), 1));

  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final Codecs codecs = Codecs.over(InProcessRegistry.inMemory());
  final Topology topology;
  final TopologyTestDriver driver;
  final List<String> queries = new ArrayList<>();
  final List<Generate> prompts = new ArrayList<>();

  /** Ids of questions that an earlier process has ended. */
  final Set<String> endedEarlier = new HashSet<>();

  /** Happens at each retrieval. */
  Runnable onRetrieve = () -> {};

  /** Finds passages for a query. */
  Function<String, List<Hit>> found = query -> HITS;

  /** Answers a prompt: the greedy text first, then the samples. */
  Function<Generate, List<String>> model = prompt -> List.of("Vega", "Vega", "Vega");

  QuestionWay(Path stateFolder) {
    this(stateFolder, 200);
  }

  /** A way whose model has so many words of context. */
  QuestionWay(Path stateFolder, int contextLength) {
    this(stateFolder, contextLength, AnswerSettings.FREE);
  }

  /** A way with its own rules of what counts as an answer. */
  QuestionWay(Path stateFolder, int contextLength, AnswerSettings answer) {
    this(stateFolder, contextLength, answer, 0);
  }

  /** A way that follows answers where passages say less than a share of the question. */
  QuestionWay(Path stateFolder, int contextLength, AnswerSettings answer, double followBelow) {
    StreamConfig stream =
        new StreamConfig(
            "test", Guarantee.AT_LEAST_ONCE, Duration.ZERO, 1, stateFolder, 0, Duration.ofHours(1));
    Properties properties =
        StreamProperties.of(
            stream,
            Map.of(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1"),
            1,
            TOPICS.deadLetters().name(),
            codecs);
    topology = QaTopology.build(settings(contextLength, answer, followBelow), ports());
    driver = new TopologyTestDriver(topology, properties, START);
  }

  static QaSettings settings(int contextLength) {
    return settings(contextLength, AnswerSettings.FREE, 0);
  }

  private static QaSettings settings(int contextLength, AnswerSettings answer, double followBelow) {
    return new QaSettings(
        TOPICS,
        new QuestionRules(List.of("qa"), 100, Duration.ofSeconds(30)),
        new RetrievalSettings(3, new PromptTemplate("{question} {candidates}"), 3, 2),
        new PackingSettings(
            Overflow.STOP, Order.BEST_FIRST, 10, new PromptTemplate("{title}: {text}\n")),
        new ReadingSettings(
            new PromptTemplate("{context}\nQ: {question}\nA:"),
            new PromptTemplate("{context}\nQ: {question}\n{candidates}Choose:"),
            new PromptTemplate("- {text}\n"),
            16,
            0,
            followBelow,
            new SharedTerms(),
            new GenerationSettings(8, 2, 1, 1, List.of("\n"), 0),
            answer),
        contextLength,
        new ThresholdPolicy(
            "default",
            1,
            Map.of(
                "minAgreement", 0.6,
                "minMeanLogProbability", -1.0,
                "minSupport", 0.5,
                "abstainBelow", 0.3,
                "maxPasses", 2.0)),
        Duration.ofHours(1));
  }

  private QaPorts ports() {
    Retriever retriever =
        new Retriever() {
          @Override
          public List<Hit> retrieve(String query, int topK) {
            queries.add(query);
            onRetrieve.run();
            return found.apply(query).stream().limit(topK).toList();
          }

          @Override
          public String digest() {
            return "index-digest";
          }
        };
    return new QaPorts(
        codecs,
        retriever,
        prompt -> prompt.split("\\s+").length,
        new WorkRequests("model-digest", "identity"),
        time -> endedEarlier,
        new QuestionMetrics(meters));
  }

  static Question question(String id, String text) {
    return new Question(id, text, "qa", START, null, Map.of("asker", "test"));
  }

  void ask(Question question) {
    askBytes(question.getId(), codecs.questions().encode("qa.questions", question));
  }

  void askBytes(String key, byte[] value) {
    questions().pipeInput(key, value);
  }

  TestInputTopic<String, byte[]> questions() {
    return driver.createInputTopic(
        TOPICS.questions().name(),
        new StringSerializer(),
        new ByteArraySerializer(),
        START,
        Duration.ZERO);
  }

  TestInputTopic<String, byte[]> results() {
    return driver.createInputTopic(
        TOPICS.results().name(),
        new StringSerializer(),
        new ByteArraySerializer(),
        START,
        Duration.ZERO);
  }

  void answer(WorkResult result) {
    results().pipeInput(result.getQuestionId(), codecs.results().encode("qa.results", result));
  }

  /** Serves both pools until neither has work. */
  void serve() {
    List<WorkRequest> work = work();
    while (!work.isEmpty()) {
      work.forEach(request -> answer(result(request, outcome(request))));
      work = work();
    }
  }

  /** What waits in both pools. */
  List<WorkRequest> work() {
    List<WorkRequest> work = new ArrayList<>(read(TOPICS.work(Topics.RERANK).name()));
    work.addAll(read(TOPICS.work(Topics.LM).name()));
    return work;
  }

  private List<WorkRequest> read(String topic) {
    return values(topic, codecs.work().serde().deserializer());
  }

  private Object outcome(WorkRequest request) {
    return switch (request.getWork()) {
      case Rerank rerank ->
          new Reranked(
              IntStream.range(0, rerank.getPassages().size()).mapToObj(i -> (double) -i).toList());
      case Generate generate -> {
        prompts.add(generate);
        yield generated(model.apply(generate));
      }
      default -> throw new IllegalStateException("No such work: " + request.getWork());
    };
  }

  static Generated generated(List<String> texts) {
    List<Candidate> candidates = new ArrayList<>();
    for (String text : texts) {
      candidates.add(
          new Candidate(
              text, List.of(1, 2), List.of(-0.1f, -0.3f), 0.5f, candidates.isEmpty(), Finish.STOP));
    }
    return new Generated(50, candidates);
  }

  static WorkResult result(WorkRequest request, Object outcome) {
    return new WorkResult(
        request.getWorkId(),
        request.getQuestionId(),
        request.getPool(),
        request.getPass(),
        "test",
        1,
        START,
        2.5,
        outcome);
  }

  List<Answer> answers() {
    return values(TOPICS.answers().name(), codecs.answers().serde().deserializer());
  }

  /** The answer where there must be one and no other. */
  Answer onlyAnswer() {
    List<Answer> answers = answers();
    assertThat(answers).hasSize(1);
    return answers.getFirst();
  }

  List<TestRecord<String, Answer>> answerRecords() {
    return driver
        .createOutputTopic(
            TOPICS.answers().name(),
            new StringDeserializer(),
            codecs.answers().serde().deserializer())
        .readRecordsToList();
  }

  List<Decision> decisions() {
    return values(TOPICS.decisions().name(), codecs.decisions().serde().deserializer());
  }

  List<DeadLetter> deadLetters() {
    return values(TOPICS.deadLetters().name(), codecs.deadLetters().serde().deserializer());
  }

  private <T> List<T> values(String topic, Deserializer<T> deserializer) {
    return driver
        .createOutputTopic(topic, new StringDeserializer(), deserializer)
        .readValuesToList();
  }

  double counted(String meter, String tag, String value) {
    return meters.counter(meter, tag, value).count();
  }

  @Override
  public void close() {
    driver.close();
  }
}
