package dev.refrain.gpuworkers.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of the library sentence-transformers: an encoder, and how the states that it gives for a
 * text become one vector. Opening reads the small files and the headers of the large ones; it loads
 * no engine.
 *
 * @param path the folder
 * @param encoder the encoder, of the same folder or of one inside it
 * @param pooling how states become one vector
 * @param normalises whether the vector is then divided by its length
 * @param maxTokens most tokens of a text, the special ones around it included; longer ones are cut
 */
public record SentenceFolder(
    Path path, EncoderFolder encoder, Pooling pooling, boolean normalises, int maxTokens) {
  /** What makes a folder one of sentence-transformers. */
  static final String MODULES = "modules.json";

  private static final String SETTINGS = "sentence_bert_config.json";
  private static final List<String> SUPPORTED = List.of("Transformer", "Pooling", "Normalize");

  /**
   * Checks a folder.
   *
   * @throws UnusableModelException if a file is missing or damaged, or a text would be embedded in
   *     another way than sentence-transformers does it
   */
  public static SentenceFolder open(Path folder) {
    ModelFolder.requireFolder(folder);
    List<JsonFile> modules = modules(folder);
    refuseDefaultPrompt(folder.resolve("config_sentence_transformers.json"));
    EncoderFolder encoder = EncoderFolder.open(folder.resolve(path(modules.getFirst())));
    return new SentenceFolder(
        folder,
        encoder,
        pooling(folder.resolve(path(modules.get(1))), encoder),
        modules.size() == SUPPORTED.size(),
        maxTokens(encoder));
  }

  /** The folder inside which the encoder lies, which is often the same. */
  static Path encoder(Path folder) {
    return folder.resolve(path(modules(folder).getFirst()));
  }

  private static List<JsonFile> modules(Path folder) {
    Path described = folder.resolve(MODULES);
    List<JsonFile> modules = JsonFile.readAll(described);
    if (modules.size() < 2 || modules.size() > SUPPORTED.size()) {
      throw new UnusableModelException(
          described,
          "has %d modules".formatted(modules.size()),
          "supported are a Transformer, a Pooling and, if need be, a Normalize");
    }
    for (int i = 0; i < modules.size(); i++) {
      requireType(modules.get(i), SUPPORTED.get(i));
    }
    return modules;
  }

  private static void requireType(JsonFile module, String expected) {
    JsonNode type = module.field("type");
    if (type == null || !type.asText().endsWith("." + expected)) {
      throw module.wrong("type", type, "a %s of sentence-transformers".formatted(expected));
    }
  }

  private static String path(JsonFile module) {
    JsonNode path = module.field("path");
    return path == null ? "" : path.asText();
  }

  private static void refuseDefaultPrompt(Path file) {
    if (Files.exists(file)) {
      JsonFile settings = JsonFile.read(file);
      JsonNode prompt = settings.field("default_prompt_name");
      if (prompt != null) {
        throw settings.wrong("default_prompt_name", prompt, "absent: prompts are not supported");
      }
    }
  }

  private static Pooling pooling(Path folder, EncoderFolder encoder) {
    JsonFile config = JsonFile.read(folder.resolve("config.json"));
    config.only("word_embedding_dimension", encoder.hiddenSize());
    Stream.of("max_tokens", "mean_sqrt_len_tokens", "weightedmean_tokens", "lasttoken")
        .forEach(mode -> config.only("pooling_mode_" + mode, false));
    boolean first = config.flag("pooling_mode_cls_token", false);
    if (config.flag("pooling_mode_mean_tokens", true) == first) {
      throw config.wrong(
          "pooling_mode_mean_tokens",
          config.field("pooling_mode_mean_tokens"),
          "true, or else pooling_mode_cls_token");
    }
    return first ? Pooling.FIRST : Pooling.MEAN;
  }

  /** What sentence-transformers says, else what the tokenizer says, and never beyond the model. */
  private static int maxTokens(EncoderFolder encoder) {
    Path settings = encoder.path().resolve(SETTINGS);
    int most = Integer.MAX_VALUE;
    if (Files.exists(settings)) {
      JsonFile file = JsonFile.read(settings);
      file.only("do_lower_case", false);
      most = file.size("max_seq_length", most);
    }
    Path tokenizer = encoder.path().resolve("tokenizer_config.json");
    if (most == Integer.MAX_VALUE && Files.exists(tokenizer)) {
      JsonNode length = JsonFile.read(tokenizer).field("model_max_length");
      most = length != null && length.isInt() ? length.intValue() : most;
    }
    return Math.min(most, encoder.contextLength());
  }

  /** As {@link EncoderFolder#digest}, of everything that decides how a text is embedded. */
  public String digest() {
    Stream<Path> modules =
        JsonFile.readAll(path.resolve(MODULES)).stream()
            .map(module -> path.resolve(path(module)).resolve("config.json"));
    Stream<Path> encoding =
        Stream.concat(Stream.of(SETTINGS), ModelFolder.FILES.stream()).map(encoder.path()::resolve);
    return FolderDigest.of(
        path,
        encoder.weights().files(),
        Stream.of(Stream.of(path.resolve(MODULES)), modules, encoding)
            .flatMap(files -> files)
            .map(file -> path.relativize(file).toString())
            .toList());
  }
}
