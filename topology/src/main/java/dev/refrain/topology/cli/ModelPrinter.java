package dev.refrain.topology.cli;

import dev.refrain.gpuworkers.check.ModelCheck;
import dev.refrain.gpuworkers.hub.PulledModel;
import dev.refrain.gpuworkers.model.EngineSettings;
import dev.refrain.gpuworkers.model.MemoryNeed;
import dev.refrain.gpuworkers.model.ModelConfig;
import dev.refrain.gpuworkers.model.ModelInspection;
import dev.refrain.gpuworkers.model.StoredWeights;
import dev.refrain.gpuworkers.model.UnusableModelException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Prints what a model is and what it takes. */
final class ModelPrinter {
  private static final int MOST_REASONS = 20;

  private ModelPrinter() {}

  /**
   * What was pulled, and whether it can be used.
   *
   * @param name what {@code --model} takes
   */
  static void print(Output output, PulledModel pulled, String name) {
    output.line(
        "%s, %s of them fetched now, in %s"
            .formatted(
                Amounts.bytes(pulled.bytes()), Amounts.bytes(pulled.fetched()), pulled.folder()));
    ModelInspection found = ModelInspection.of(pulled.folder());
    if (found.refusals().isEmpty()) {
      output.line("Use it with --model " + name);
    } else {
      output.remark("Refrain cannot use it:");
      reasons(found.refusals()).forEach(reason -> output.remark("  " + reason));
    }
  }

  /**
   * What a folder holds, what it takes, and every reason for which it cannot be used.
   *
   * @param settings precision and device that it takes memory with
   */
  static void print(Output output, ModelCheck check, EngineSettings settings) {
    output.value(fields(check, settings));
    ModelInspection found = check.inspection();
    StoredWeights weights = found.weights();
    ModelConfig config = found.config();
    MemoryNeed memory = found.memory(settings.precision(), settings.device());
    Table table = Table.plain();
    table.row("folder", found.folder());
    table.row("family", found.family() == null ? "not stated" : found.family());
    if (weights != null) {
      table.row(
          "parameters",
          "%s (%,d)".formatted(Amounts.count(weights.parameters()), weights.parameters()));
      table.row(
          "stored", Amounts.bytes(weights.bytes()) + ", " + String.join(" ", weights.types()));
    }
    if (config != null) {
      table.row("context", "%,d tokens".formatted(config.contextLength()));
      table.row(
          "vocabulary",
          "%,d, tokenizer %s"
              .formatted(
                  config.vocabularySize(),
                  found.tokens() == null ? "not readable" : "%,d".formatted(found.tokens())));
    }
    if (memory != null) {
      table.row(
          "memory",
          "%s on %s: weights %s in %s, cache %s a token, %s for the whole context"
              .formatted(
                  Amounts.bytes(memory.total()),
                  settings.device(),
                  Amounts.bytes(memory.weights()),
                  settings.precision(),
                  Amounts.bytes(memory.cachePerToken()),
                  Amounts.bytes(memory.total() - memory.weights())));
    }
    table.row("digest", check.digest() == null ? "none, for it cannot be used" : check.digest());
    output.table(table);
    output.line(check.usable() ? "Refrain can use it." : "Refrain cannot use it:");
    reasons(check.refusals()).forEach(reason -> output.line("  " + reason));
  }

  private static List<String> reasons(List<UnusableModelException> refusals) {
    List<String> shown =
        refusals.stream().limit(MOST_REASONS).map(e -> String.valueOf(e.getMessage())).toList();
    int more = refusals.size() - shown.size();
    return more == 0
        ? shown
        : Stream.concat(
                shown.stream(), Stream.of("and %,d more; --json has them all".formatted(more)))
            .toList();
  }

  private static Map<String, @Nullable Object> fields(ModelCheck check, EngineSettings settings) {
    ModelInspection found = check.inspection();
    StoredWeights weights = found.weights();
    ModelConfig config = found.config();
    MemoryNeed memory = found.memory(settings.precision(), settings.device());
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("folder", found.folder());
    fields.put("family", found.family());
    fields.put("usable", check.usable());
    fields.put(
        "refusals",
        check.refusals().stream()
            .map(e -> Map.of("place", e.place(), "reason", e.reason()))
            .toList());
    fields.put("weights", weights);
    fields.put("contextLength", config == null ? null : config.contextLength());
    fields.put("vocabularySize", config == null ? null : config.vocabularySize());
    fields.put("tokenizerSize", found.tokens());
    fields.put("memory", memory);
    fields.put("precision", settings.precision());
    fields.put("device", settings.device().toString());
    fields.put("memoryTotal", memory == null ? null : memory.total());
    fields.put("digest", check.digest());
    return fields;
  }
}
