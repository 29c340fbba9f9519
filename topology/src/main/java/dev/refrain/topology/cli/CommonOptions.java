package dev.refrain.topology.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.config.Preset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every command takes: the configuration, how to print, how much to say. */
final class CommonOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "YAML configuration; it needs only what differs from the defaults.")
  private @Nullable Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Override one key, for example --set retrieval.topK=10; may be repeated.")
  private List<String> sets = new ArrayList<>();

  @Option(names = "--json", description = "Print JSON for machines.")
  private boolean json;

  @Option(
      names = {"-v", "--verbose"},
      description = "Log more, and print stack traces of errors.")
  private boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and end.")
  @SuppressWarnings("UnusedVariable") // picocli reads it.
  private boolean help;

  /**
   * The configuration of the file and the overrides.
   *
   * @param flags {@code key=value} of the command's own flags, which win over everything
   * @throws dev.refrain.topology.config.ConfigurationException if it cannot be used
   */
  Configuration.Loaded load(List<String> flags) {
    return resolved(
        flags, sets -> Configuration.load(Optional.ofNullable(config), sets, System.getenv()));
  }

  /**
   * The same for a command that needs a model: where none is named, the house model is unpacked and
   * stands there with the settings that go with it.
   */
  Configuration.Loaded loadWithModel(List<String> flags) {
    return loadWithModel(flags, HousePreset::make);
  }

  /** The same with another preset where no model is named. */
  Configuration.Loaded loadWithModel(List<String> flags, Supplier<Preset> withoutModel) {
    return resolved(
        flags,
        sets ->
            Configuration.load(Optional.ofNullable(config), sets, System.getenv(), withoutModel));
  }

  /** Puts the folder of a pulled model where the configuration has its name. */
  private Configuration.Loaded resolved(
      List<String> flags, Function<List<String>, Configuration.Loaded> load) {
    List<String> all = sets(flags);
    Configuration.Loaded loaded = load.apply(all);
    return PulledModels.folder(loaded.configuration())
        .map(
            folder -> {
              all.add("model.folder=" + folder);
              return load.apply(all);
            })
        .orElse(loaded);
  }

  private List<String> sets(List<String> flags) {
    if (verbose) {
      log(Logger.ROOT_LOGGER_NAME, Level.INFO);
      log("dev.refrain", Level.DEBUG);
    }
    List<String> all = new ArrayList<>(sets);
    all.addAll(flags);
    return all;
  }

  /** The file and the overrides as arguments of another command. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    if (config != null) {
      arguments.addAll(List.of("--config", config.toString()));
    }
    sets.forEach(set -> arguments.addAll(List.of("--set", set)));
    return arguments;
  }

  /** Keeps Kafka's clients from repeating what the command says itself: no broker answers. */
  void hushClients() {
    if (!verbose) {
      log("org.apache.kafka.clients", Level.ERROR);
    }
  }

  /** What the command throws where its flags do not fit each other. */
  ParameterException wrongUsage(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  /** Where the command prints, and how. */
  Output output() {
    return new Output(command.commandLine().getOut(), command.commandLine().getErr(), json);
  }

  private static void log(String name, Level level) {
    if (LoggerFactory.getLogger(name) instanceof Logger logger) {
      logger.setLevel(level);
    }
  }
}
