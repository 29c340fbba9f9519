package dev.refrain.gpuworkers.generate;

import ai.djl.ndarray.NDManager;
import dev.refrain.gpuworkers.model.CausalLm;
import dev.refrain.gpuworkers.model.DecoderModel;
import dev.refrain.gpuworkers.model.DifferentiableLm;
import dev.refrain.gpuworkers.model.EngineSettings;
import dev.refrain.gpuworkers.model.ModelConfig;
import dev.refrain.gpuworkers.model.ModelFolder;
import dev.refrain.gpuworkers.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;

/**
 * Everything of one model folder that generation needs, loaded: frozen weights, tokenizer, digest.
 * Holds native memory until it is closed. One thread at a time, the tokenizer aside.
 */
public final class LanguageModel implements AutoCloseable {
  private final ModelFolder folder;
  private final String digest;
  private final DecoderModel model;
  private final Tokenizer tokenizer;
  private final EngineSettings settings;

  private LanguageModel(
      ModelFolder folder,
      String digest,
      DecoderModel model,
      Tokenizer tokenizer,
      EngineSettings settings) {
    this.folder = folder;
    this.digest = digest;
    this.model = model;
    this.tokenizer = tokenizer;
    this.settings = settings;
  }

  /**
   * Loads a Hugging Face folder.
   *
   * @return the model, which the caller closes
   * @throws dev.refrain.gpuworkers.model.UnusableModelException if the folder is incomplete,
   *     damaged or of an unsupported kind
   */
  public static LanguageModel load(Path folder, EngineSettings settings) {
    ModelFolder opened = ModelFolder.open(folder);
    String digest = opened.digest();
    Tokenizer tokenizer = Tokenizer.open(opened);
    try {
      DecoderModel model = DecoderModel.load(opened, settings);
      return new LanguageModel(opened, digest, model, tokenizer, settings);
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  /**
   * An engine on this model; sequences end with the folder's end-of-sequence tokens.
   *
   * @param clock what deadlines are compared with
   * @return the engine, which the caller closes before this object
   */
  public GenerationEngine engine(InstantSource clock) {
    return new GenerationEngine(
        model, tokenizer, Set.copyOf(config().eosTokenIds()), settings, clock);
  }

  /** The frozen model; closed with this object. */
  public CausalLm model() {
    return model;
  }

  /** Arrays of the engine that the model holds now, its caches among them. */
  public int arrays() {
    try (NDManager manager = model.newManager()) {
      return manager.getParentManager().getManagedArrays().size();
    }
  }

  /** The frozen model as a function that gradients flow through, to its embeddings alone. */
  public DifferentiableLm differentiable() {
    return model.differentiable();
  }

  /** {@link DecoderModel#timeInEngine}. */
  public Duration timeInEngine() {
    return model.timeInEngine();
  }

  /** The model's tokenizer; closed with this object. */
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /** Shape and special tokens. */
  public ModelConfig config() {
    return folder.config();
  }

  /** {@link ModelFolder#digest} as it was when the model was loaded. */
  public String digest() {
    return digest;
  }

  @Override
  public void close() {
    model.close();
    tokenizer.close();
  }
}
