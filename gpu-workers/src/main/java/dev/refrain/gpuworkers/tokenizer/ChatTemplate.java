package dev.refrain.gpuworkers.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import dev.refrain.gpuworkers.model.UnusableModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a conversation becomes the text that an instruction-tuned model was trained on: the Jinja
 * template of {@code chat_template.jinja} or {@code tokenizer_config.json}, rendered as {@code
 * apply_chat_template} of transformers does. Tools and documents are not given to it. Nor is the
 * date ({@code strftime_now}), so that the same question has the same prompt on every day: a
 * template that asks whether there is one takes its own, any other is refused. Safe for use by many
 * threads.
 */
public final class ChatTemplate {
  private static final String CONFIG = "tokenizer_config.json";
  private static final int LONGEST_TEXT = 1 << 24;

  private final Path file;
  private final String template;
  private final Map<String, String> specialTokens;
  private final Jinjava jinja = jinja();

  private ChatTemplate(Path file, String template, Map<String, String> specialTokens) {
    this.file = file;
    this.template = template;
    this.specialTokens = Map.copyOf(specialTokens);
  }

  /**
   * One turn of a conversation.
   *
   * @param role {@code user}, {@code assistant} or {@code system}, unless the template knows others
   * @param content what was said
   */
  public record Message(String role, String content) {}

  /**
   * Reads the template of a model folder.
   *
   * @throws UnusableModelException if there is none
   */
  public static ChatTemplate open(Path folder) {
    Path config = folder.resolve(CONFIG);
    Path alone = folder.resolve("chat_template.jinja");
    try {
      JsonNode root =
          Files.exists(config)
              ? new JsonMapper().readTree(config.toFile())
              : new JsonMapper().createObjectNode();
      return Files.exists(alone)
          ? new ChatTemplate(alone, Files.readString(alone), specialTokens(root))
          : new ChatTemplate(config, template(root, config), specialTokens(root));
    } catch (IOException e) {
      throw new UnusableModelException(
          config, "cannot be read: " + e.getMessage(), "download or copy the file again", e);
    }
  }

  /**
   * The text of a conversation.
   *
   * @param addGenerationPrompt whether it ends where the assistant begins to speak
   * @throws UnusableModelException if the template cannot be rendered, or refuses the conversation
   */
  public String render(List<Message> messages, boolean addGenerationPrompt) {
    Map<String, Object> values = new HashMap<>(specialTokens);
    values.put(
        "messages",
        messages.stream().map(m -> Map.of("role", m.role(), "content", m.content())).toList());
    values.put("add_generation_prompt", addGenerationPrompt);
    RenderResult result = jinja.renderForResult(template, values);
    if (!result.getErrors().isEmpty()) {
      throw new UnusableModelException(
          file,
          "the chat template fails: " + reason(result.getErrors().getFirst()),
          "set reader.chat to false, or use another template");
    }
    return result.getOutput();
  }

  /** The text that asks for the answer to one message of a user. */
  public String ask(String message) {
    return render(List.of(new Message("user", message)), true);
  }

  /** What the library says, and what the template itself said where it refused. */
  private static String reason(TemplateError error) {
    String said = "";
    for (Throwable cause = error.getException(); cause != null; cause = cause.getCause()) {
      said = cause instanceof IllegalArgumentException ? ": " + cause.getMessage() : said;
    }
    return error.getMessage() + said;
  }

  private static String template(JsonNode root, Path config) {
    JsonNode field = root.path("chat_template");
    for (JsonNode named : field.isArray() ? field : List.<JsonNode>of()) {
      if (named.path("name").asText().equals("default")) {
        field = named.path("template");
      }
    }
    if (!field.isTextual()) {
      throw new UnusableModelException(
          config,
          "has no chat_template",
          "set reader.chat to false, or use a model that was tuned for conversations");
    }
    return field.textValue();
  }

  /** Every {@code *_token} of the configuration, which writes it as a text or as an object. */
  private static Map<String, String> specialTokens(JsonNode root) {
    Map<String, String> tokens = new HashMap<>();
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      JsonNode value = field.getValue();
      JsonNode text = value.isObject() ? value.path("content") : value;
      if (field.getKey().endsWith("_token") && text.isTextual()) {
        tokens.put(field.getKey(), text.textValue());
      }
    }
    return tokens;
  }

  /**
   * Jinja 2 as transformers sets it up, instead of the library's older ways; what a message says is
   * never read as a template.
   */
  private static Jinjava jinja() {
    JinjavaConfig config =
        JinjavaConfig.newBuilder()
            .withTrimBlocks(true)
            .withLstripBlocks(true)
            .withNestedInterpretationEnabled(false)
            .withMaxOutputSize(LONGEST_TEXT)
            .withLegacyOverrides(
                LegacyOverrides.Builder.from(LegacyOverrides.ALL)
                    .withWhitespaceRequiredWithinTokens(false)
                    .build())
            .build();
    Jinjava jinja = new Jinjava(config);
    jinja
        .getGlobalContext()
        .registerFunction(
            new ELFunctionDefinition(
                "", "raise_exception", Functions.class, "raiseException", String.class));
    return jinja;
  }

  /** What templates may call; public because the library finds it by name. */
  public static final class Functions {
    private Functions() {}

    /** Refuses the conversation. */
    public static String raiseException(String message) {
      throw new IllegalArgumentException(message);
    }
  }
}
