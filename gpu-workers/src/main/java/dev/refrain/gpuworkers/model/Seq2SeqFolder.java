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
    ConfigReader.refuseQuantization(file);
    List<Integer> eosTokenIds =
        ConfigReader.eosTokenIds(file, folder.resolve("generation_config.json"));
    Seq2SeqConfig config = family.encoderDecoder(file, eosTokenIds);
    JsonFile.read(folder.resolve("tokenizer.json"));
    WeightFiles weights = WeightFiles.open(folder);
    Stream<DecoderWeights.Weight> expected =
        Stream.concat(
            StackWeights.encoder(config.encoder()).stream(),
            StackWeights.reader(config.decoder(), config.tied()).stream());
    weights.check(
        folder,
        new WeightFiles.Expected(
            expected.toList(),
            tensor -> T5.ignores(tensor, config),
            "an encoder-decoder of type " + family.modelType()));
    return new Seq2SeqFolder(folder, config, weights);
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
