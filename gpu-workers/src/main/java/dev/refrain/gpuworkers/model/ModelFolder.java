package dev.refrain.gpuworkers.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A Hugging Face model folder that was found complete: {@code config.json}, {@code tokenizer.json}
 * and safetensors. Opening reads the small files and the headers of the large ones; it loads no
 * engine. Immutable.
 */
public final class ModelFolder {
  /** What decides, beside the weights, what a model computes. */
  static final List<String> FILES =
      List.of("config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json");

  private final Path path;
  private final ModelConfig config;
  private final WeightFiles weights;

  private ModelFolder(Path path, ModelConfig config, WeightFiles weights) {
    this.path = path;
    this.config = config;
    this.weights = weights;
  }

  /**
   * Checks a folder.
   *
   * @throws UnusableModelException if a file is missing or damaged, a tensor is missing or has
   *     another shape than the configuration asks for, or the model is of an unsupported kind
   */
  public static ModelFolder open(Path folder) {
    requireFolder(folder);
    ModelConfig config = ConfigReader.read(folder);
    JsonFile.read(folder.resolve("tokenizer.json"));
    WeightFiles weights = WeightFiles.open(folder);
    weights.check(folder, DecoderWeights.expected(config));
    return new ModelFolder(folder, config, weights);
  }

  static void requireFolder(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new UnusableModelException(
          folder,
          "is no folder",
          "point at a Hugging Face model folder, or pull a model from a hub first");
    }
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /** Shape and special tokens of the model. */
  public ModelConfig config() {
    return config;
  }

  /**
   * Whether the tokenizer is told to begin with {@code bos}; {@code absent} where it is told
   * nothing.
   */
  public boolean addsBosToken(boolean absent) {
    Path file = path.resolve("tokenizer_config.json");
    return Files.exists(file) ? JsonFile.read(file).flag("add_bos_token", absent) : absent;
  }

  /**
   * SHA-256 over name, length and content of every file that decides what the model says, in order
   * of their names; reads all of them, which takes seconds for large models.
   *
   * @return 64 lower-case hexadecimal digits
   */
  public String digest() {
    return FolderDigest.of(path, weights.files(), FILES);
  }

  WeightFiles weights() {
    return weights;
  }
}
