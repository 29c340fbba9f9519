package dev.refrain.gpuworkers.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a model folder is to Refrain, as its small files tell.
 *
 * @param family {@code model_type} of {@code config.json}
 * @param use which class opens the folder
 */
public record ModelKind(String family, Use use) {

  /** What a model can be used for. */
  public enum Use {
    /** Generates from left to right; {@link ModelFolder} opens it. */
    DECODER,
    /** Gives states of its input; {@link EncoderFolder} opens it. */
    ENCODER,
    /** An encoder that gives one vector for a text; {@link SentenceFolder} opens it. */
    SENTENCE_ENCODER,
    /** Reads an input and writes an output; {@link Seq2SeqFolder} opens it, and as an encoder. */
    ENCODER_DECODER
  }

  /**
   * Looks at a folder; whether it is complete, only opening it tells.
   *
   * @throws UnusableModelException if there is no {@code config.json} or it is of no family that
   *     there is
   */
  public static ModelKind of(Path folder) {
    ModelFolder.requireFolder(folder);
    return of(folder, JsonFile.read(modelFolder(folder).resolve("config.json")));
  }

  /** Where configuration, tokenizer and weights lie: sentence-transformers may have them inside. */
  static Path modelFolder(Path folder) {
    return Files.exists(folder.resolve(SentenceFolder.MODULES))
        ? SentenceFolder.encoder(folder)
        : folder;
  }

  /** The same of a configuration that was read. */
  static ModelKind of(Path folder, JsonFile config) {
    Optional<DecoderFamily> decoder = DecoderFamilies.find(config);
    if (decoder.isPresent()) {
      return new ModelKind(decoder.get().modelType(), Use.DECODER);
    }
    EncoderFamily encoder =
        EncoderFamilies.find(config).orElseThrow(() -> config.unsupportedType(supported()));
    return new ModelKind(encoder.modelType(), use(folder, encoder, config));
  }

  private static Use use(Path folder, EncoderFamily encoder, JsonFile config) {
    if (Files.exists(folder.resolve(SentenceFolder.MODULES))) {
      return Use.SENTENCE_ENCODER;
    }
    JsonNode architectures = config.field("architectures");
    boolean alone =
        architectures != null
            && architectures.valueStream().anyMatch(name -> name.asText().endsWith("EncoderModel"));
    return encoder.equals(T5.INSTANCE) && !alone ? Use.ENCODER_DECODER : Use.ENCODER;
  }

  private static List<String> supported() {
    return Stream.concat(
            DecoderFamilies.modelTypes().stream(), EncoderFamilies.modelTypes().stream())
        .toList();
  }
}
