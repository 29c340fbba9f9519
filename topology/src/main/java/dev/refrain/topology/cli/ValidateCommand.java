package dev.refrain.topology.cli;

import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.config.Setting;
import dev.refrain.topology.validation.Check;
import dev.refrain.topology.validation.Validation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code refrain validate}: is this configuration usable, and where does each value come from? */
@Command(
    name = "validate",
    description = "Check the configuration and what it points at; print what is set, and by whom.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  refrain validate --config refrain.yaml",
      "  refrain validate --all --set kafka.bootstrapServers=kafka:9092"
    })
final class ValidateCommand implements Callable<Integer> {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--all", description = "Print every key, the defaults too.")
  private boolean all;

  @Override
  public Integer call() {
    common.hushClients();
    Configuration.Loaded loaded = common.loadWithModel(List.of());
    List<Setting> settings =
        loaded.settings().stream().filter(setting -> all || setting.given()).toList();
    List<Check> checks = Validation.of(loaded.configuration(), TIMEOUT);
    boolean usable = checks.stream().noneMatch(check -> check.status() == Check.Status.FAILED);
    Output output = common.output();
    output.value(Map.of("usable", usable, "settings", settings, "checks", checks));
    Table keys = Table.headed("key", "value", "from");
    settings.forEach(setting -> keys.row(setting.key(), setting.value(), setting.origin()));
    if (settings.isEmpty()) {
      output.line("Every key has its default; --all prints them.");
    } else {
      output.table(keys);
    }
    output.line("");
    Table tried = Table.plain();
    checks.forEach(check -> tried.row(check.what(), check.status(), check.detail()));
    output.table(tried);
    return usable ? 0 : 1;
  }
}
