package dev.refrain.gpuworkers.check;

import dev.refrain.gpuworkers.model.ModelFolder;
import dev.refrain.gpuworkers.model.ModelInspection;
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
 * @param refusals everything for which Refrain cannot use it; empty if it can
 * @param digest {@link ModelFolder#digest}; null where it cannot be used
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
      try (Tokenizer _ = Tokenizer.within(folder.resolve("tokenizer.json"))) {
        // It can be loaded: that is what was asked.
      } catch (UnusableModelException e) {
        refusals.add(e);
      }
    }
    String digest = refusals.isEmpty() ? ModelFolder.open(folder).digest() : null;
    return new ModelCheck(inspection, refusals, digest);
  }

  /** Whether Refrain can use the model. */
  public boolean usable() {
    return refusals.isEmpty();
  }
}
