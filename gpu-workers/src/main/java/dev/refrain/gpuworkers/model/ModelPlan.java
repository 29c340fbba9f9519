package dev.refrain.gpuworkers.model;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration that can be used says of a model of any kind.
 *
 * @param shape how large it is
 * @param decoder a decoder's configuration; null for any other
 * @param expected the tensors that it asks for
 */
record ModelPlan(ModelShape shape, @Nullable ModelConfig decoder, WeightFiles.Expected expected) {

  /**
   * Reads a configuration.
   *
   * @param folder where it lies
   * @throws UnusableModelException for the first thing for which it is refused
   */
  static ModelPlan of(ModelKind.Use use, JsonFile config, Path folder) {
    return switch (use) {
      case DECODER -> decoder(ConfigReader.read(config, folder));
      case ENCODER, SENTENCE_ENCODER -> encoder(config);
      case ENCODER_DECODER -> encoderDecoder(Seq2SeqFolder.config(config, folder));
    };
  }

  private static ModelPlan decoder(ModelConfig config) {
    return new ModelPlan(ModelShape.of(config), config, DecoderWeights.expected(config));
  }

  private static ModelPlan encoder(JsonFile config) {
    EncoderFamily family = EncoderFamilies.of(config);
    ConfigReader.refuseQuantization(config);
    Stack stack = family.encoder(config);
    return new ModelPlan(ModelShape.of(stack), null, EncoderFolder.expected(family, stack));
  }

  private static ModelPlan encoderDecoder(Seq2SeqConfig config) {
    return new ModelPlan(ModelShape.of(config), null, Seq2SeqFolder.expected(config));
  }
}
