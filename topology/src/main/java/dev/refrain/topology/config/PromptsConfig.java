package dev.refrain.topology.config;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code model.prompts}: soft prompts that stand in front of the frozen model.
 *
 * @param reader in a reading pass; null for none
 * @param chooser in a pass that chooses among candidates; null for none
 */
public record PromptsConfig(@Nullable Path reader, @Nullable Path chooser) {
  /** No soft prompts. */
  public static final PromptsConfig NONE = new PromptsConfig(null, null);

  /** The files, each once. */
  public List<Path> files() {
    return Stream.of(reader, chooser).filter(file -> file != null).distinct().toList();
  }
}
