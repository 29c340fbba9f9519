package dev.refrain.topology.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code model.prompts}: soft prompts that stand in front of the frozen model.
 *
 * @param reader in a reading pass; null for none
 * @param chooser in a pass that chooses among candidates; null for none
 */
public record PromptsConfig(@Nullable Path reader, @Nullable Path chooser) {}
