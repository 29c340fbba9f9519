package dev.refrain.gpuworkers.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.refrain.gpuworkers.engine.TorchDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a model folder holds and everything for which it would be refused by what opens its kind.
 * Reads the small files and the headers of the large ones; loads no engine.
 *
 * @param folder the folder
 * @param model where in it configuration, tokenizer and weights lie; the folder itself but for some
 *     of sentence-transformers
 * @param family {@code model_type} of {@code config.json}, supported or not; null where it says
 *     none
 * @param use what the model can be used for; null for a family that is not supported
 * @param shape null where the configuration is refused
 * @param decoder a decoder's configuration; null for any other, or where it is refused
 * @param pooling how a sentence encoder's states become one vector; null for any other, or where it
 *     is refused
 * @param weights null where their files are refused
 * @param tokens one more than the highest token id of {@code tokenizer.json}; null where it is
 *     refused
 * @param refusals empty for a folder that can be used
 */
public record ModelInspection(
    Path folder,
    Path model,
    @Nullable String family,
    ModelKind.@Nullable Use use,
    @Nullable ModelShape shape,
    @Nullable ModelConfig decoder,
    @Nullable Pooling pooling,
    @Nullable StoredWeights weights,
    @Nullable Integer tokens,
    List<UnusableModelException> refusals) {

  public ModelInspection {
    refusals = List.copyOf(refusals);
  }

  /**
   * Looks into a folder.
   *
   * @throws UnusableModelException if there is no such folder
   */
  public static ModelInspection of(Path folder) {
    ModelFolder.requireFolder(folder);
    Refusals refusals = new Refusals();
    Path model = refusals.attempt(() -> ModelKind.modelFolder(folder)).orElse(folder);
    Optional<JsonFile> json = refusals.attempt(() -> JsonFile.read(model.resolve("config.json")));
    Optional<ModelKind> kind =
        json.flatMap(file -> refusals.attempt(() -> ModelKind.of(folder, file)));
    Optional<ModelPlan> plan =
        kind.flatMap(
            found ->
                ConfigReader.read(
                    json.orElseThrow(),
                    config -> ModelPlan.of(found.use(), config, model),
                    refusals));
    Optional<WeightFiles> weights = WeightFiles.open(model, refusals);
    if (plan.isPresent() && weights.isPresent()) {
      weights.get().check(model, plan.get().expected(), refusals);
    }
    Optional<Integer> tokens =
        refusals.attempt(() -> TokenizerSize.of(model.resolve("tokenizer.json")));
    if (plan.isPresent() && tokens.isPresent()) {
      int vocabularySize = plan.get().shape().vocabularySize();
      refusals.check(() -> TokenizerSize.expect(model, tokens.get(), vocabularySize));
    }
    Optional<SentenceFolder> sentences =
        kind.filter(found -> found.use() == ModelKind.Use.SENTENCE_ENCODER)
            .flatMap(_ -> refusals.attempt(() -> SentenceFolder.open(folder)));
    Predicate<String> ignored =
        plan.map(found -> found.expected().ignored()).orElse(tensor -> false);
    return new ModelInspection(
        folder,
        model,
        json.map(file -> file.field("model_type")).map(JsonNode::asText).orElse(null),
        kind.map(ModelKind::use).orElse(null),
        plan.map(ModelPlan::shape).orElse(null),
        plan.map(ModelPlan::decoder).orElse(null),
        sentences.map(SentenceFolder::pooling).orElse(null),
        weights.map(files -> stored(files, ignored)).orElse(null),
        tokens.orElse(null),
        refusals.all());
  }

  /**
   * Memory for the loaded model; null where its configuration or its weights are refused.
   *
   * @param precision of a decoder; any other is in float
   * @param device of a decoder; any other is on the processor
   * @throws IllegalArgumentException if the precision is not for the device
   */
  public @Nullable MemoryNeed memory(Precision precision, TorchDevice device) {
    if (shape == null || weights == null) {
      return null;
    }
    return decoder == null
        ? MemoryNeed.of(shape, weights.parameters())
        : MemoryNeed.of(decoder, precision, device);
  }

  /** Whether Refrain answers with such a model: it is a decoder. */
  public boolean answers() {
    return use == ModelKind.Use.DECODER;
  }

  private static StoredWeights stored(WeightFiles files, Predicate<String> ignored) {
    List<StoredTensor> read =
        files.tensors().values().stream().filter(tensor -> !ignored.test(tensor.name())).toList();
    long parameters =
        read.stream()
            .mapToLong(tensor -> tensor.shape().stream().reduce(1L, Math::multiplyExact))
            .sum();
    TreeSet<String> types = new TreeSet<>();
    read.forEach(tensor -> types.add(tensor.type()));
    return new StoredWeights(
        parameters,
        List.copyOf(types),
        files.files().stream().mapToLong(ModelInspection::size).sum());
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UnusableModelException(
          file, "cannot be read: " + e.getMessage(), "check its permissions and its disk", e);
    }
  }
}
