package dev.refrain.topology.serve;

import dev.refrain.connectors.prompt.SoftPrompt;
import dev.refrain.processors.work.WorkRequests;
import dev.refrain.topology.config.PromptsConfig;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The configured soft prompts, read and compared with the model. Stateless. */
final class SoftPrompts {
  private SoftPrompts() {}

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException naming both digests if one was tuned in front of another model
   * @throws dev.refrain.gpuworkers.model.UnusableModelException if a file is no soft prompt
   */
  static List<SoftPrompt> read(PromptsConfig prompts, String modelDigest) {
    return prompts.files().stream().map(file -> read(file, modelDigest)).toList();
  }

  /** What stands in front of the model in which pass, by digests. */
  static WorkRequests.Attachments digests(PromptsConfig prompts, String modelDigest) {
    return new WorkRequests.Attachments(
        digest(prompts.reader(), modelDigest), digest(prompts.chooser(), modelDigest));
  }

  private static @Nullable String digest(@Nullable Path file, String modelDigest) {
    return file == null ? null : read(file, modelDigest).digest();
  }

  private static SoftPrompt read(Path file, String modelDigest) {
    SoftPrompt prompt = SoftPrompt.read(file);
    try {
      prompt.requireModel(modelDigest);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
    return prompt;
  }
}
