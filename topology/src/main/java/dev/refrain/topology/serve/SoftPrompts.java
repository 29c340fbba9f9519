package dev.refrain.topology.serve;

import dev.refrain.connectors.prompt.SoftPrompt;
import dev.refrain.gpuworkers.model.ModelConfig;
import dev.refrain.processors.work.WorkRequests;
import dev.refrain.topology.config.PromptsConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The configured soft prompts, read once and compared with the model.
 *
 * @param reader in a reading pass; null for none
 * @param chooser in a pass that chooses among candidates; null for none
 */
record SoftPrompts(@Nullable SoftPrompt reader, @Nullable SoftPrompt chooser) {

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException naming both digests if one was tuned in front of another model
   * @throws dev.refrain.gpuworkers.model.UnusableModelException if a file is no soft prompt
   */
  static SoftPrompts read(PromptsConfig prompts, String modelDigest) {
    return new SoftPrompts(
        read(prompts.reader(), modelDigest), read(prompts.chooser(), modelDigest));
  }

  /** All of them. */
  List<SoftPrompt> all() {
    return Stream.of(reader, chooser).filter(prompt -> prompt != null).toList();
  }

  /** Most tokens of a prompt and its new tokens together, behind the longest of these. */
  int contextLength(ModelConfig model) {
    return all().stream()
        .mapToInt(prompt -> model.originalContext() - prompt.length())
        .min()
        .orElse(model.contextLength());
  }

  /** What stands in front of the model in which pass, by digests. */
  WorkRequests.Attachments digests() {
    return new WorkRequests.Attachments(
        reader == null ? null : reader.digest(), chooser == null ? null : chooser.digest());
  }

  private static @Nullable SoftPrompt read(@Nullable Path file, String modelDigest) {
    if (file == null) {
      return null;
    }
    SoftPrompt prompt = SoftPrompt.read(file);
    try {
      prompt.requireModel(modelDigest);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
    return prompt;
  }
}
