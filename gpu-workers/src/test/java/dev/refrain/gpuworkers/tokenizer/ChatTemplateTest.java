package dev.refrain.gpuworkers.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.refrain.gpuworkers.Fixture;
import dev.refrain.gpuworkers.model.UnusableModelException;
import dev.refrain.gpuworkers.tokenizer.ChatTemplate.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChatTemplateTest {
  private static final Message USER = new Message("user", "Hi");

  @TempDir Path folder;

  static Stream<JsonNode> cases() {
    return Fixture.json("chat/expected.json").valueStream();
  }

  /** The texts are those of transformers; {@code fixtures/chat/make.py} made them. */
  @ParameterizedTest
  @MethodSource("cases")
  void rendersAsTransformersDoes(JsonNode expected) throws IOException {
    String template = Files.readString(Fixture.path("chat/" + expected.get("template").asText()));
    ChatTemplate chat =
        chat(Map.of("chat_template", template, "bos_token", "<s>", "eos_token", "</s>"));
    List<Message> messages =
        expected
            .get("messages")
            .valueStream()
            .map(m -> new Message(m.get("role").asText(), m.get("content").asText()))
            .toList();
    boolean add = expected.get("addGenerationPrompt").booleanValue();

    if (expected.has("text")) {
      assertThat(chat.render(messages, add)).isEqualTo(expected.get("text").textValue());
    } else {
      assertThatThrownBy(() -> chat.render(messages, add))
          .isInstanceOf(UnusableModelException.class)
          .hasMessageContaining(expected.get("error").textValue());
    }
  }

  @Test
  void findsTheTemplateWhereverItIsKept() throws IOException {
    assertThat(
            chat(Map.of(
                    "bos_token",
                    Map.of("content", "<bos>", "lstrip", false),
                    "chat_template",
                    List.of(
                        Map.of("name", "tool_use", "template", "tools"),
                        Map.of("name", "default", "template", "{{ bos_token }}!"))))
                .ask("Hi"))
        .isEqualTo("<bos>!");
    Files.writeString(folder.resolve("chat_template.jinja"), "{{ messages[0].content }}?");
    assertThat(ChatTemplate.open(folder).ask("Hi")).isEqualTo("Hi?");
  }

  @Test
  void refusesAFolderWithoutATemplate() throws IOException {
    assertThatThrownBy(() -> ChatTemplate.open(folder))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining("tokenizer_config.json: has no chat_template")
        .hasMessageContaining("reader.chat");
    assertThatThrownBy(() -> chat(Map.of("bos_token", "<s>")))
        .hasMessageContaining("has no chat_template");
  }

  @Test
  void knowsNoDate() throws IOException {
    String asks =
        "{% if strftime_now is defined %}{{ strftime_now('%Y') }}{% else %}2024{% endif %}";
    assertThat(chat(Map.of("chat_template", asks)).render(List.of(USER), true)).isEqualTo("2024");
    assertThatThrownBy(() -> chat(Map.of("chat_template", "{{ strftime_now('%Y') }}")).ask("Hi"))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining("strftime_now");
  }

  @Test
  void refusesATemplateThatIsNoJinja() {
    assertThatThrownBy(() -> chat(Map.of("chat_template", "{% for %}")).ask("Hi"))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining("the chat template fails");
  }

  private ChatTemplate chat(Map<String, Object> config) throws IOException {
    Files.writeString(
        folder.resolve("tokenizer_config.json"), new JsonMapper().writeValueAsString(config));
    return ChatTemplate.open(folder);
  }
}
