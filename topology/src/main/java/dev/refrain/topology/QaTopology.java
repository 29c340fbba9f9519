package dev.refrain.topology;

import static dev.refrain.processors.stages.Stages.ACCEPT_QUESTION;
import static dev.refrain.processors.stages.Stages.ANSWERS;
import static dev.refrain.processors.stages.Stages.DEAD_LETTERS;
import static dev.refrain.processors.stages.Stages.DECIDE_PASS;
import static dev.refrain.processors.stages.Stages.DECISIONS;
import static dev.refrain.processors.stages.Stages.EMIT_ANSWER;
import static dev.refrain.processors.stages.Stages.ESTIMATE_DIFFICULTY;
import static dev.refrain.processors.stages.Stages.MATCH_RESULT;
import static dev.refrain.processors.stages.Stages.PACK_CONTEXT;
import static dev.refrain.processors.stages.Stages.RETRIEVE_PASSAGES;
import static dev.refrain.processors.stages.Stages.WORK_LM;
import static dev.refrain.processors.stages.Stages.WORK_RERANK;

import dev.refrain.processors.packing.PassPrompt;
import dev.refrain.processors.stages.AcceptQuestionProcessor;
import dev.refrain.processors.stages.DecidePassProcessor;
import dev.refrain.processors.stages.EmitAnswerProcessor;
import dev.refrain.processors.stages.EndingOnFailureProcessor;
import dev.refrain.processors.stages.EstimateDifficultyProcessor;
import dev.refrain.processors.stages.KeepPolicyProcessor;
import dev.refrain.processors.stages.MatchResultProcessor;
import dev.refrain.processors.stages.PackContextProcessor;
import dev.refrain.processors.stages.Retrieval;
import dev.refrain.processors.stages.RetrievePassagesProcessor;
import dev.refrain.processors.stages.RetrievedPassages;
import dev.refrain.processors.stages.Stages;
import dev.refrain.schemas.TopicSpec;
import dev.refrain.schemas.Topics;
import dev.refrain.schemas.serde.TopicCodec;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.state.Stores;

/**
 * The way of a question as a Kafka Streams topology, one sub-topology over two topics that are
 * partitioned alike: questions and results. Pools of workers stand between them.
 *
 * <pre>
 * questions ─ accept-question ─ retrieve-passages ─▶ work-rerank … results
 * results ── match-result ─┬─ pack-context ─▶ work-lm … results
 *                          ├─ retrieve-passages           (the index is another one)
 *                          └─ estimate-difficulty ─ decide-pass ─┬─ emit-answer ─▶ answers
 *                                                                ├─ pack-context        (textual recursion)
 *                                                                └─ retrieve-passages   (retrieve again)
 * </pre>
 *
 * Anything that cannot be processed goes to dead-letters. Building does no I/O.
 */
public final class QaTopology {
  private final QaSettings settings;
  private final QaPorts ports;
  private final Retrieval retrieval;
  private final Topology topology = new Topology();

  private QaTopology(QaSettings settings, QaPorts ports) {
    this.settings = settings;
    this.ports = ports;
    this.retrieval =
        new Retrieval(
            ports.retriever(), settings.retrieval(), ports.requests(), new RetrievedPassages());
  }

  /** The topology for these settings and ports. */
  public static Topology build(QaSettings settings, QaPorts ports) {
    QaTopology qa = new QaTopology(settings, ports);
    qa.acceptQuestions();
    qa.followResults();
    qa.retrieveAndPack();
    qa.emitAnswers();
    qa.keepPolicies();
    return qa.topology;
  }

  private void acceptQuestions() {
    source("questions", settings.topics().questions());
    stage(
        ACCEPT_QUESTION,
        () ->
            new AcceptQuestionProcessor(
                ports.codecs().questions(),
                settings.rules(),
                settings.finishedRetention(),
                ports.metrics()),
        "questions");
  }

  private void followResults() {
    source("results", settings.topics().results());
    stage(
        MATCH_RESULT,
        () ->
            new MatchResultProcessor(
                ports.codecs().results(), retrieval, settings.finishedRetention(), ports.metrics()),
        "results");
    stage(
        ESTIMATE_DIFFICULTY,
        () ->
            new EstimateDifficultyProcessor(
                settings.reading().answer().noAnswer(), settings.leads(ports.retriever())),
        MATCH_RESULT);
    stage(
        DECIDE_PASS,
        () ->
            new DecidePassProcessor(settings.policy(), ports.codecs().policies(), ports.metrics()),
        ESTIMATE_DIFFICULTY);
    sink(DECISIONS, settings.topics().decisions(), ports.codecs().decisions(), DECIDE_PASS);
  }

  private void retrieveAndPack() {
    stage(
        RETRIEVE_PASSAGES,
        () -> new RetrievePassagesProcessor(retrieval),
        ACCEPT_QUESTION,
        MATCH_RESULT,
        DECIDE_PASS);
    PassPrompt prompts = settings.passPrompt(ports.tokens());
    stage(
        PACK_CONTEXT,
        () -> new PackContextProcessor(prompts, ports.requests()),
        MATCH_RESULT,
        DECIDE_PASS);
    Topics topics = settings.topics();
    sink(WORK_RERANK, topics.work(Topics.RERANK), ports.codecs().work(), RETRIEVE_PASSAGES);
    sink(WORK_LM, topics.work(Topics.LM), ports.codecs().work(), PACK_CONTEXT);
  }

  private void emitAnswers() {
    Map<String, String> digests = Digests.of(settings, ports.requests());
    stage(
        EMIT_ANSWER,
        () ->
            new EmitAnswerProcessor(
                digests, settings.finishedRetention(), ports.endings(), ports.metrics()),
        ACCEPT_QUESTION,
        RETRIEVE_PASSAGES,
        MATCH_RESULT,
        PACK_CONTEXT,
        DECIDE_PASS);
    Topics topics = settings.topics();
    sink(ANSWERS, topics.answers(), ports.codecs().answers(), EMIT_ANSWER);
    sink(
        DEAD_LETTERS,
        topics.deadLetters(),
        ports.codecs().deadLetters(),
        ACCEPT_QUESTION,
        MATCH_RESULT,
        EMIT_ANSWER);
    Stages.stores(settings.finishedRetention())
        .forEach(
            store ->
                topology.addStateStore(
                    store,
                    ACCEPT_QUESTION,
                    RETRIEVE_PASSAGES,
                    MATCH_RESULT,
                    PACK_CONTEXT,
                    ESTIMATE_DIFFICULTY,
                    DECIDE_PASS,
                    EMIT_ANSWER));
  }

  private void keepPolicies() {
    topology.addGlobalStore(
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(Stages.POLICIES), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled(),
        "policies",
        new StringDeserializer(),
        new ByteArrayDeserializer(),
        settings.topics().policies().name(),
        "keep-policy",
        KeepPolicyProcessor::new);
  }

  private <V, O> void stage(
      String name, Supplier<Processor<String, V, String, O>> processor, String... parents) {
    topology.addProcessor(
        name,
        () -> new EndingOnFailureProcessor<>(processor.get(), settings.finishedRetention()),
        parents);
  }

  private void source(String name, TopicSpec topic) {
    Deserializer<String> keys = new StringDeserializer();
    topology.addSource(name, keys, new ByteArrayDeserializer(), topic.name());
  }

  private <T extends SpecificRecord> void sink(
      String name, TopicSpec topic, TopicCodec<T> codec, String... parents) {
    topology.addSink(
        name, topic.name(), new StringSerializer(), codec.serde().serializer(), parents);
  }
}
