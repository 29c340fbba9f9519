package dev.refrain.gpuworkers.check;

import dev.refrain.gpuworkers.model.EncoderFolder;
import dev.refrain.gpuworkers.model.ModelFolder;
import dev.refrain.gpuworkers.model.ModelInspection;
import dev.refrain.gpuworkers.model.ModelKind;
import dev.refrain.gpuworkers.model.SentenceFolder;
import dev.refrain.gpuworkers.model.Seq2SeqFolder;
import dev.refrain.gpuworkers.model.UnusableModelException;
import dev.refrain.gpuworkers.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be said of a model folder without loading its weights.
 *
 * @param inspection what it holds
 * @param refusals everything for which Refrain cannot load it; empty if it can
 * @param digest of its kind of folder, as {@link ModelFolder#digest}; null where it cannot be
 *     loaded
 */
public record ModelCheck(
    ModelInspection inspection, List<UnusableModelException> refusals, @Nullable String digest) {
  public ModelCheck {
    refusals = List.copyOf(refusals);
  }

  /** Checks a folder: loads its tokenizer, and reads all of it for the digest. */
  public static ModelCheck of(Path folder) {
    ModelInspection inspection = ModelInspection.of(folder);
    List<UnusableModelException> refusals = new ArrayList<>(inspection.refusals());
    if (inspection.tokens() != null) {
      try (Tokenizer _ = Tokenizer.within(inspection.model().resolve("tokenizer.json"))) {
        // It can be loaded: that is what was asked.
      } catch (UnusableModelException e) {
        refusals.add(e);
      }
    }
    return new ModelCheck(inspection, refusals, refusals.isEmpty() ? digest(folder) : null);
  }

  private static String digest(Path folder) {
    return switch (ModelKind.of(folder).use()) {
      case DECODER -> ModelFolder.open(folder).digest();
      case ENCODER -> EncoderFolder.open(folder).digest();
      case SENTENCE_ENCODER -> SentenceFolder.open(folder).digest();
      case ENCODER_DECODER -> Seq2SeqFolder.open(folder).digest();
    };
  }

  /** Whether Refrain can load the model; what it then does with it depends on its kind. */
  public boolean usable() {
    return refusals.isEmpty();
  }
}
