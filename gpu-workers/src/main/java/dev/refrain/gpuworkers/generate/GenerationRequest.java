package dev.refrain.gpuworkers.generate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One prompt and what is wanted of it.
 *
 * @param prompt the complete prompt; the tokenizer adds the begin-of-sequence token
 * @param sampling which sequences are wanted
 * @param deadline when to stop with what there is; null for never
 * @param spans what the sequences may say; null for anything
 */
public record GenerationRequest(
    String prompt, Sampling sampling, @Nullable Instant deadline, @Nullable SpanConstraint spans) {

  /** A request whose sequences may say anything. */
  public GenerationRequest(String prompt, Sampling sampling, @Nullable Instant deadline) {
    this(prompt, sampling, deadline, null);
  }
}
