package dev.refrain.topology.cli;

import dev.refrain.gpuworkers.model.ModelInspection;
import dev.refrain.gpuworkers.model.ModelKind;
import dev.refrain.gpuworkers.model.Pooling;
import java.util.Locale;
import java.util.Objects;

/** Says what kind a model is of, and what it is good for. */
final class ModelKindText {
  private ModelKindText() {}

  /** For example {@code sentence encoder, mean pooling}. */
  static String name(ModelInspection found) {
    ModelKind.Use use = found.use();
    if (use == null) {
      return "not supported";
    }
    Pooling pooling = found.pooling();
    return switch (use) {
      case DECODER -> "decoder";
      case ENCODER -> "encoder";
      case ENCODER_DECODER -> "encoder-decoder";
      case SENTENCE_ENCODER ->
          pooling == null
              ? "sentence encoder"
              : "sentence encoder, %s pooling".formatted(pooling.name().toLowerCase(Locale.ROOT));
    };
  }

  /** What a model that can be loaded is used for. */
  static String purpose(ModelInspection found) {
    return switch (Objects.requireNonNull(found.use())) {
      case DECODER -> "Refrain can use it: it answers (--model DIR, model.folder).";
      case ENCODER -> inLibrary("EncoderModel gives its states");
      case SENTENCE_ENCODER -> inLibrary("SentenceEncoder embeds texts with it");
      case ENCODER_DECODER -> inLibrary("Seq2SeqModel and Seq2SeqGenerator write with it");
    };
  }

  private static String inLibrary(String use) {
    return "Refrain's library can use it: %s. It does not answer: model.folder takes a decoder."
        .formatted(use);
  }
}
