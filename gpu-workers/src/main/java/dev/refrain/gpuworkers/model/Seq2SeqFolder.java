package dev.refrain.gpuworkers.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Hugging Face folder with an encoder-decoder that was found complete; the only family is T5.
 * Opening reads the small files and the headers of the large ones; it loads no engine. Immutable.
 */
public final class Seq2SeqFolder {
  private final Path path;
  private final Seq2SeqConfig config;
  private final WeightFiles weights;

  private Seq2SeqFolder(Path path, Seq2SeqConfig config, WeightFiles weights) {
    this.path = path;
    this.config = config;
    this.weights = weights;
  }

  /**
   * Checks a folder.
   *
   * @throws UnusableModelException as {@link EncoderFolder#open}
   */
  public static Seq2SeqFolder open(Path folder) {
    ModelFolder.requireFolder(folder);
    JsonFile file = JsonFile.read(folder.resolve("config.json"));
    T5 family = T5.INSTANCE;
    if (!EncoderFamilies.find(file).equals(Optional.of(family))) {
      throw file.unsupportedType(List.of(family.modelType()));
    }
    Seq2SeqConfig config = config(file, folder);
    JsonFile.read(folder.resolve("tokenizer.json"));
    WeightFiles weights = WeightFiles.open(folder);
    weights.check(folder, expected(config));
    return new Seq2SeqFolder(folder, config, weights);
  }

  /** Reads a configuration of T5. */
  static Seq2SeqConfig config(JsonFile file, Path folder) {
    ConfigReader.refuseQuantization(file);
    return T5.INSTANCE.encoderDecoder(
        file, ConfigReader.eosTokenIds(file, folder.resolve("generation_config.json")));
  }

  static WeightFiles.Expected expected(Seq2SeqConfig config) {
    Stream<DecoderWeights.Weight> weights =
        Stream.concat(
            StackWeights.encoder(config.encoder()).stream(),
            StackWeights.reader(config.decoder(), config.tied()).stream());
    return new WeightFiles.Expected(
        weights.toList(),
        tensor -> T5.ignores(tensor, config),
        "an encoder-decoder of type " + T5.INSTANCE.modelType());
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /** As {@link ModelFolder#digest}. */
  public String digest() {
    return FolderDigest.of(path, weights.files(), ModelFolder.FILES);
  }

  Seq2SeqConfig config() {
    return config;
  }

  WeightFiles weights() {
    return weights;
  }
}
