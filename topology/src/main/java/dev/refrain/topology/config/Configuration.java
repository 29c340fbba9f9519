package dev.refrain.topology.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The whole configuration, one record a section. Immutable. The defaults, with every key explained,
 * stand in the resource {@code defaults.yaml} beside this class.
 */
public record Configuration(
    TopicsConfig topics,
    KafkaConfig kafka,
    BrokerConfig broker,
    RegistryConfig registry,
    StreamConfig stream,
    QuestionsConfig questions,
    RetrievalConfig retrieval,
    RerankConfig rerank,
    PackingConfig packing,
    ModelConfig model,
    HubConfig hub,
    ReaderConfig reader,
    RecursionConfig recursion,
    PolicyConfig policy,
    WorkersConfig workers) {

  /**
   * A configuration and where each of its values comes from.
   *
   * @param configuration the configuration
   * @param settings every key in the order of the defaults
   */
  public record Loaded(Configuration configuration, List<Setting> settings) {
    public Loaded {
      settings = List.copyOf(settings);
    }
  }

  /** The defaults, the file over them, and the {@code key=value} texts over both, in order. */
  public static Configuration load(Optional<Path> file, List<String> sets) {
    return load(file, sets, Map.of()).configuration();
  }

  /**
   * The defaults, the file over them, and the {@code key=value} texts over both, in order.
   *
   * @param environment variables that texts may refer to as {@code ${NAME}}
   * @throws ConfigurationException if the file cannot be read, a key is unknown, or a value has the
   *     wrong type or is out of range
   */
  public static Loaded load(
      Optional<Path> file, List<String> sets, Map<String, String> environment) {
    return load(Optional.empty(), file, sets, environment);
  }

  /**
   * The same with a preset where neither file nor texts name a model.
   *
   * @param withoutModel asked only then
   */
  public static Loaded load(
      Optional<Path> file,
      List<String> sets,
      Map<String, String> environment,
      Supplier<Preset> withoutModel) {
    Loaded plain = load(file, sets, environment);
    return plain.configuration().model().folder() != null
        ? plain
        : load(Optional.of(withoutModel.get()), file, sets, environment);
  }

  private static Loaded load(
      Optional<Preset> preset,
      Optional<Path> file,
      List<String> sets,
      Map<String, String> environment) {
    Layers layers = new Layers(Yaml.defaults(), new EnvironmentText(environment));
    preset.ifPresent(chosen -> chosen.put(layers));
    file.ifPresent(path -> layers.put(path.toString(), Yaml.file(path)));
    sets.forEach(layers::set);
    ObjectNode merged = layers.merged();
    Configuration configuration = new Binding(environment).bind(merged, layers.origins());
    return new Loaded(configuration, layers.settings());
  }

  /** The text of {@code defaults.yaml}: a complete file to start from. */
  public static String defaults() {
    return Yaml.defaultsText();
  }
}
