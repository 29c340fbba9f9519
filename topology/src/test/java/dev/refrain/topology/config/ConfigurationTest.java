package dev.refrain.topology.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("HOME", "/home/ada", "REGISTRY_PASSWORD", "s3cret", "PORT", "1234");

  @TempDir Path folder;

  @Test
  void isCompleteWithoutAFile() {
    Configuration defaults = load();
    assertThat(defaults.topics())
        .isEqualTo(new TopicsConfig("qa.", 4, 1, Duration.ofDays(7), Duration.ofDays(90)));
    assertThat(defaults.kafka().embedded()).isTrue();
    assertThat(defaults.broker())
        .isEqualTo(new BrokerConfig(Path.of("/home/ada/.refrain/broker"), 0));
    assertThat(defaults.registry().inProcess()).isTrue();
    assertThat(defaults.registry().trustStore().path()).isNull();
    assertThat(defaults.stream())
        .isEqualTo(
            new StreamConfig(
                "refrain",
                StreamConfig.Guarantee.EXACTLY_ONCE,
                Duration.ZERO,
                1,
                Path.of("/home/ada/.refrain/state"),
                0,
                Duration.ofHours(1)));
    assertThat(defaults.questions())
        .isEqualTo(new QuestionsConfig(List.of("qa"), 2000, Duration.ofSeconds(60)));
    assertThat(defaults.retrieval()).isEqualTo(new RetrievalConfig(null, 0.9, 0.4, 0, 20));
    assertThat(defaults.hub())
        .isEqualTo(
            new HubConfig("https://huggingface.co", "", Path.of("/home/ada/.refrain/models")));
    assertThat(defaults.reader().stop()).containsExactly("\n");
    assertThat(defaults.reader().samples()).isEqualTo(8);
    assertThat(defaults.workers().lm())
        .isEqualTo(
            new PoolConfig(
                1,
                8,
                8,
                3,
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofSeconds(20)));
  }

  @Test
  void commitsAsOftenAsTheGuaranteeNeedsWhereNothingIsSaid() throws IOException {
    assertThat(load().stream().commitEvery()).isEqualTo(Duration.ofMillis(25));
    assertThat(load("stream: {guarantee: at-least-once}").stream().commitEvery())
        .isEqualTo(Duration.ofMillis(200));
    assertThat(load("stream: {commitInterval: 40ms}").stream().commitEvery())
        .isEqualTo(Duration.ofMillis(40));
  }

  @Test
  void needsNoEnvironmentForTheDefaults() {
    assertThat(Configuration.load(Optional.empty(), List.of()).broker().folder())
        .isEqualTo(Path.of("./.refrain/broker"));
  }

  @Test
  void mapsEveryKey() throws Exception {
    Configuration.Loaded loaded =
        Configuration.load(Optional.of(everyKey()), List.of(), ENVIRONMENT);
    Configuration all = loaded.configuration();
    assertThat(all.topics())
        .isEqualTo(new TopicsConfig("shop.qa.", 12, 3, Duration.ofHours(36), Duration.ofDays(365)));
    assertThat(all.kafka().properties())
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("request.timeout.ms", "5000");
    assertThat(all.broker()).isEqualTo(new BrokerConfig(Path.of("/data/broker"), 19092));
    assertThat(all.registry())
        .isEqualTo(
            new RegistryConfig(
                "https://registry:8081",
                "refrain",
                "s3cret",
                "",
                new RegistryConfig.Store(Path.of("/tls/trust.p12"), "trusted"),
                new RegistryConfig.Store(Path.of("/tls/key.p12"), "own"),
                Duration.ofMinutes(5)));
    assertThat(all.stream())
        .isEqualTo(
            new StreamConfig(
                "refrain-blue",
                StreamConfig.Guarantee.AT_LEAST_ONCE,
                Duration.ofMillis(1500),
                6,
                Path.of("/home/ada/state"),
                1,
                Duration.ofHours(2)));
    assertThat(all.questions())
        .isEqualTo(new QuestionsConfig(List.of("qa", "trivia"), 500, Duration.ofSeconds(10)));
    assertThat(all.retrieval())
        .isEqualTo(new RetrievalConfig(Path.of("/data/index"), 1.2, 0.75, 0.25, 100));
    assertThat(all.rerank()).isEqualTo(new RerankConfig(RerankConfig.Kind.IDENTITY, 10));
    assertThat(all.packing())
        .isEqualTo(
            new PackingConfig(
                PackingConfig.Overflow.SKIP,
                PackingConfig.Order.BEST_LAST,
                5,
                2,
                Path.of("/data/words.safetensors")));
    assertThat(all.model())
        .isEqualTo(
            new ModelConfig(
                Path.of("/models/smol"),
                2,
                1024,
                ModelConfig.Precision.BF16,
                List.of("cuda:1", "cpu"),
                new EngineConfig(EngineConfig.Batching.FAST, 512, 128, 24),
                new PromptsConfig(
                    Path.of("/prompts/reader.safetensors"),
                    Path.of("/prompts/chooser.safetensors"))));
    assertThat(all.hub())
        .isEqualTo(
            new HubConfig("https://hub.example.com", "hf_s3cret", Path.of("/home/ada/models")));
    assertThat(all.reader())
        .isEqualTo(
            new ReaderConfig(
                true,
                "{context} Q: {question} A:",
                "{text} ",
                32,
                16,
                0.7,
                0.9,
                List.of("\n\n", "Q:"),
                ReaderConfig.AnswerForm.SPAN,
                List.of("unknown", "not in the passages"),
                -2.5,
                6,
                42));
    assertThat(all.recursion())
        .isEqualTo(
            new RecursionConfig(
                "{context} Q: {question} C: {candidates} A:",
                "{text}; ",
                4,
                "{candidates} {question}",
                2,
                0.8));
    assertThat(all.policy())
        .isEqualTo(
            new PolicyConfig(
                "strict",
                2,
                Map.of(
                    "minAgreement", 0.9,
                    "minMeanLogProbability", -0.5,
                    "minSupport", 0.75,
                    "abstainBelow", 0.4,
                    "maxPasses", 1.0)));
    assertThat(all.workers())
        .isEqualTo(
            new WorkersConfig(
                new PoolConfig(
                    0,
                    16,
                    3,
                    5,
                    Duration.ofSeconds(45),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(10)),
                new PoolConfig(
                    3, 4, 1, 4, Duration.ofSeconds(60), Duration.ofSeconds(20), Duration.ZERO),
                new OpenAiConfig(
                    "http://engine:8000/v1",
                    "llama",
                    "abc",
                    "s3cret",
                    7,
                    Duration.ofSeconds(30),
                    5,
                    Duration.ofSeconds(1),
                    9,
                    20)));
  }

  @Test
  void coversEveryKeyOfTheDefaultsInTheFullMapping() throws Exception {
    List<Setting> settings =
        Configuration.load(Optional.of(everyKey()), List.of(), ENVIRONMENT).settings();
    assertThat(settings).filteredOn(setting -> !setting.given()).isEmpty();
    List<Setting> defaults =
        Configuration.load(Optional.empty(), List.of(), ENVIRONMENT).settings();
    assertThat(defaults)
        .filteredOn(setting -> !setting.key().equals("kafka.properties"))
        .extracting(Setting::key)
        .isSubsetOf(settings.stream().map(Setting::key).toList());
  }

  @Test
  void keepsTheDefaultsBesideAFileThatSaysLittle() throws IOException {
    Configuration configuration = load("retrieval:\n  topK: 7\nreader:\n  # nothing yet\n");
    assertThat(configuration.retrieval()).isEqualTo(new RetrievalConfig(null, 0.9, 0.4, 0, 7));
    assertThat(configuration.reader()).isEqualTo(load().reader());
    assertThat(load("")).isEqualTo(load());
  }

  @Test
  void letsAnOverrideWinOverTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("a.yaml"), "retrieval: {topK: 7, k1: 1.5}\n");
    Configuration.Loaded loaded =
        Configuration.load(
            Optional.of(file),
            List.of(
                "retrieval.topK=9",
                "reader.stop=[\"\\n\", END]",
                "registry.password=0123",
                "kafka.properties.security.protocol=SSL",
                "kafka.bootstrapServers=localhost:9092",
                "policy.thresholds.minAgreement=1"),
            Map.of());
    Configuration configuration = loaded.configuration();
    assertThat(configuration.retrieval()).isEqualTo(new RetrievalConfig(null, 1.5, 0.4, 0, 9));
    assertThat(configuration.reader().stop()).containsExactly("\n", "END");
    assertThat(configuration.registry().password()).isEqualTo("0123");
    assertThat(configuration.kafka())
        .isEqualTo(new KafkaConfig("localhost:9092", Map.of("security.protocol", "SSL")));
    assertThat(configuration.policy().thresholds()).containsEntry("minAgreement", 1.0);
    assertThat(loaded.settings())
        .contains(
            new Setting("retrieval.topK", "9", "--set"),
            new Setting("retrieval.k1", "1.5", file.toString()),
            new Setting("retrieval.b", "0.4", "default"),
            new Setting("registry.password", "***", "--set"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          retreival: {topK: 3}          | retreival: unknown key; did you mean retrieval?
          retrieval: {topk: 3}          | retrieval.topk: unknown key; did you mean retrieval.topK?
          topK: 3                       | topK: unknown key; did you mean retrieval.topK?
          workers: {lm: {maxinflight: 3}} | workers.lm.maxinflight: unknown key; did you mean workers.lm.maxInFlight?
          policy: {thresholds: {x: 1}}  | policy.thresholds.x: unknown key; known are [minAgreement, minMeanLogProbability, minSupport, abstainBelow, maxPasses]
          registry: {keyStore: {pth: a}}| registry.keyStore.pth: unknown key; did you mean registry.keyStore.path?
          broker: {zzz: 1}              | broker.zzz: unknown key; known are [folder, port]
          """)
  void refusesAnUnknownKeyAtEveryDepthWithTheNearestOne(String yaml, String message) {
    assertThatThrownBy(() -> load(yaml))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(folder.resolve("refrain.yaml") + ": " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          retrieval.topk=3       | --set: retrieval.topk: unknown key; did you mean retrieval.topK?
          retrival.topK=3        | --set: retrival.topK: unknown key; did you mean retrieval.topK?
          retrival.kk=3          | --set: retrival.kk: unknown key; did you mean retrieval?
          workers.lm.threads=3   | --set: workers.lm.threads: unknown key; did you mean stream.threads?
          retrieval.topK.x=3     | --set: retrieval.topK.x: unknown key; retrieval.topK is a value and has no keys
          retrieval=3            | --set: retrieval: is a section; set one of its keys, such as retrieval.index=...
          retrieval.topK         | --set retrieval.topK: must be key=value, such as --set retrieval.topK=10
          retrieval.topK=many    | --set: retrieval.topK is "many", must be a whole number
          retrieval.topK=2.5     | --set: retrieval.topK is 2.5, must be a whole number
          retrieval.topK=        | --set: retrieval.topK is "", must be a whole number
          retrieval.topK=0       | --set: retrieval.topK is 0, must be in [1, 1000]
          retrieval.titleWeight=-0.5 | --set: retrieval.titleWeight is -0.5, must be 0 or more
          retrieval.titleWeight=1e999 | --set: retrieval.titleWeight is Infinity, must be 0 or more
          retrieval.titleWeight=much | --set: retrieval.titleWeight is "much", must be a number
          retrieval.topK=99999999999 | --set: retrieval.topK: Numeric value (99999999999) out of range of int (-2147483648 - 2147483647)
          reader.stop=END        | --set: reader.stop is "END", must be a list of texts, such as [a, b]
          workers.lm.grace=soon  | --set: workers.lm.grace: "soon" is no duration; write a whole number and a unit, such as 250ms, 30s, 5m, 2h or 7d
          workers.lm.renewEvery=30s | --set: workers.lm.renewEvery is 30s, must be shorter than lockDuration, 30s
          reader.answer=spans    | --set: reader.answer is "spans", must be one of span, free, new-span
          reader.noAnswer=[" "]  | --set: reader.noAnswer is [ ], must be texts, none blank or with a stop text in it
          stream.guarantee=twice | --set: stream.guarantee is "twice", must be one of exactly-once, at-least-once
          model.precision=int4 | --set: model.precision is "int4", must be one of bf16, fp16, int8, fp32
          model.precision=fp16   | --set: model.precision is fp16, must be fp32, bf16 or int8 on cpu
          model.devices=[gpu]    | --set: model.devices is gpu, must be cpu, cuda or cuda:N
          model.engine.batching=quick | --set: model.engine.batching is "quick", must be one of fast, exact
          model.engine.kvMemory=0 | --set: model.engine.kvMemory is 0, must be 1 or more
          reader.prompt=hello    | --set: reader.prompt is "hello", must be text with {context}
          reader.passage={text} {titel} | --set: reader.passage is "{text} {titel}", must be text with no other placeholders than [text, title]
          """)
  void refusesAnOverrideWithKeyValueAndRange(String set, String message) {
    assertThatThrownBy(() -> Configuration.load(Optional.empty(), List.of(set), Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          retrieval: 3                  | retrieval is 3, must be a section with keys
          retrieval: {topK: [1]}        | retrieval.topK is [1], must be a whole number
          topics: {prefix: 12}          | topics.prefix is 12, must be a text (put it in quotes)
          registry: {password: 12}      | registry.password is ***, must be a text (put it in quotes)
          reader: {samples: 65}         | reader.samples is 65, must be in [0, 64]
          model: {folder: }             | model.folder is null, must be a text (put it in quotes)
          """)
  void refusesAWrongTypeWithKeyValueAndType(String yaml, String message) {
    assertThatThrownBy(() -> load(yaml))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(folder.resolve("refrain.yaml") + ": " + message);
  }

  @Test
  void saysWhereAFileIsNotYaml() {
    assertThatThrownBy(() -> load("retrieval:\n  topK: [1\n"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("refrain.yaml, line ")
        .hasMessageContaining("not YAML");
    assertThatThrownBy(() -> load("retrieval: {topK: 1}\nretrieval: {topK: 2}\n"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'retrieval'");
    assertThatThrownBy(() -> load("- a\n"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("must be a mapping");
  }

  @Test
  void saysWhenTheFileIsNotThere() {
    Path absent = folder.resolve("absent.yaml");
    assertThatThrownBy(() -> Configuration.load(Optional.of(absent), List.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(absent + ": no such file");
  }

  @Test
  void fillsInEnvironmentVariables() throws IOException {
    Configuration configuration =
        load(
            """
            broker: {port: "${PORT}"}
            registry: {username: "${USER_NAME:-nobody}", password: "$${PORT}"}
            reader: {stop: ["${PORT}"]}
            """);
    assertThat(configuration.broker().port()).isEqualTo(1234);
    assertThat(configuration.registry().username()).isEqualTo("nobody");
    assertThat(configuration.registry().password()).isEqualTo("${PORT}");
    assertThat(configuration.reader().stop()).containsExactly("1234");
    assertThatThrownBy(() -> load("registry: {password: \"${NO_SUCH}\"}"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("registry.password: the environment variable NO_SUCH is not set");
  }

  @Test
  void namesTheFlagAndTheKeyOfWhatIsMissing() {
    assertThatThrownBy(() -> load().model().requiredFolder())
        .hasMessageContaining("--model DIR")
        .hasMessageContaining("model.folder");
    assertThatThrownBy(() -> load().retrieval().requiredIndex())
        .hasMessageContaining("--index DIR")
        .hasMessageContaining("retrieval.index");
  }

  @ParameterizedTest
  @CsvSource({"250ms,250", "30s,30000", "5m,300000", "2h,7200000", "7d,604800000", "0s,0"})
  void readsAndWritesDurations(String text, long millis) {
    assertThat(DurationText.parse(text)).isEqualTo(Duration.ofMillis(millis));
    assertThat(DurationText.of(Duration.ofMillis(millis))).isEqualTo(text);
  }

  private static Configuration load() {
    return Configuration.load(Optional.empty(), List.of(), ENVIRONMENT).configuration();
  }

  private Configuration load(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("refrain.yaml"), yaml);
    return Configuration.load(Optional.of(file), List.of(), ENVIRONMENT).configuration();
  }

  private static Path everyKey() throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(ConfigurationTest.class.getResource("every-key.yaml")).toURI());
  }
}
