package dev.refrain.topology.cli;

import dev.refrain.gpuworkers.check.ModelCheck;
import dev.refrain.gpuworkers.hub.PulledModel;
import dev.refrain.gpuworkers.model.EngineSettings;
import dev.refrain.gpuworkers.model.MemoryNeed;
import dev.refrain.gpuworkers.model.ModelInspection;
import dev.refrain.gpuworkers.model.ModelShape;
import dev.refrain.gpuworkers.model.StoredWeights;
import dev.refrain.gpuworkers.model.UnusableModelException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Prints what a model is and what it takes. */
final class ModelPrinter {
  /** What encoders are loaded in. */
  private static final EngineSettings FLOAT = new EngineSettings(1);

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
      output.line(found.answers() ? "Use it with --model " + name : ModelKindText.purpose(found));
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
    ModelShape shape = found.shape();
    MemoryNeed memory = found.memory(settings.precision(), settings.device());
    Table table = Table.plain();
    table.row("folder", found.folder());
    table.row("family", found.family() == null ? "not stated" : found.family());
    table.row("kind", ModelKindText.name(found));
    if (weights != null) {
      table.row(
          "parameters",
          "%s (%,d)".formatted(Amounts.count(weights.parameters()), weights.parameters()));
      table.row(
          "stored", Amounts.bytes(weights.bytes()) + ", " + String.join(" ", weights.types()));
    }
    if (shape != null) {
      table.row("layers", "%,d of width %,d".formatted(shape.numLayers(), shape.hiddenSize()));
      table.row(
          "context",
          shape.contextLength() == null
              ? "no bound"
              : "%,d tokens".formatted(shape.contextLength()));
      table.row(
          "vocabulary",
          "%,d, tokenizer %s"
              .formatted(
                  shape.vocabularySize(),
                  found.tokens() == null ? "not readable" : "%,d".formatted(found.tokens())));
    }
    if (memory != null) {
      table.row("memory", memory(memory, found.answers() ? settings : FLOAT));
    }
    table.row("digest", check.digest() == null ? "none, for it cannot be used" : check.digest());
    output.table(table);
    output.line(check.usable() ? ModelKindText.purpose(found) : "Refrain cannot use it:");
    reasons(check.refusals()).forEach(reason -> output.line("  " + reason));
  }

  private static String memory(MemoryNeed memory, EngineSettings settings) {
    String weights =
        "weights %s in %s".formatted(Amounts.bytes(memory.weights()), settings.precision());
    if (memory.cachePerToken() == 0) {
      return weights;
    }
    String cached =
        "%s, cache %s a token".formatted(weights, Amounts.bytes(memory.cachePerToken()));
    return memory.contextLength() == 0
        ? cached
        : "%s on %s: %s, %s for the whole context"
            .formatted(
                Amounts.bytes(memory.total()),
                settings.device(),
                cached,
                Amounts.bytes(memory.total() - memory.weights()));
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
    ModelShape shape = found.shape();
    MemoryNeed memory = found.memory(settings.precision(), settings.device());
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("folder", found.folder());
    fields.put("family", found.family());
    fields.put("kind", ModelKindText.name(found));
    fields.put("pooling", found.pooling());
    fields.put("answers", check.usable() && found.answers());
    fields.put("usable", check.usable());
    fields.put(
        "refusals",
        check.refusals().stream()
            .map(e -> Map.of("place", e.place(), "reason", e.reason()))
            .toList());
    fields.put("weights", found.weights());
    fields.put("layers", shape == null ? null : shape.numLayers());
    fields.put("hiddenSize", shape == null ? null : shape.hiddenSize());
    fields.put("contextLength", shape == null ? null : shape.contextLength());
    fields.put("vocabularySize", shape == null ? null : shape.vocabularySize());
    fields.put("tokenizerSize", found.tokens());
    fields.put("memory", memory);
    fields.put("precision", settings.precision());
    fields.put("device", settings.device().toString());
    fields.put("memoryTotal", memory == null ? null : memory.total());
    fields.put("digest", check.digest());
    return fields;
  }
}
