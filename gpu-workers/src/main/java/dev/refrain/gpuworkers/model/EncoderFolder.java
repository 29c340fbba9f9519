package dev.refrain.gpuworkers.model;

import java.nio.file.Path;

/**
 * A Hugging Face folder with an encoder that was found complete: {@code config.json}, {@code
 * tokenizer.json} and safetensors, which may hold heads and a decoder besides. Opening reads the
 * small files and the headers of the large ones; it loads no engine. Immutable.
 */
public final class EncoderFolder {
  private final Path path;
  private final Stack stack;
  private final WeightFiles weights;

  private EncoderFolder(Path path, Stack stack, WeightFiles weights) {
    this.path = path;
    this.stack = stack;
    this.weights = weights;
  }

  /**
   * Checks a folder.
   *
   * @throws UnusableModelException if a file is missing or damaged, a tensor is missing or has
   *     another shape than the configuration asks for, or the model is of an unsupported kind
   */
  public static EncoderFolder open(Path folder) {
    ModelFolder.requireFolder(folder);
    JsonFile config = JsonFile.read(folder.resolve("config.json"));
    EncoderFamily family = EncoderFamilies.of(config);
    ConfigReader.refuseQuantization(config);
    Stack stack = family.encoder(config);
    JsonFile.read(folder.resolve("tokenizer.json"));
    WeightFiles weights = WeightFiles.open(folder);
    weights.check(folder, expected(family, stack));
    return new EncoderFolder(folder, stack, weights);
  }

  static WeightFiles.Expected expected(EncoderFamily family, Stack stack) {
    return new WeightFiles.Expected(
        StackWeights.encoder(stack), family::ignores, "an encoder of type " + family.modelType());
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /** C. */
  public int hiddenSize() {
    return stack.sizes().hidden();
  }

  /** Most positions of a sequence; {@link Integer#MAX_VALUE} where there is no bound. */
  public int contextLength() {
    return stack.contextLength();
  }

  /** As {@link ModelFolder#digest}. */
  public String digest() {
    return FolderDigest.of(path, weights.files(), ModelFolder.FILES);
  }

  Stack stack() {
    return stack;
  }

  WeightFiles weights() {
    return weights;
  }
}
