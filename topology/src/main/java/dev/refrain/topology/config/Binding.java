package dev.refrain.topology.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Binds a checked tree to the records; their refusals become messages with the whole key. */
final class Binding {
  private final JsonMapper mapper;

  /**
   * @param environment where {@code ~/} is looked up, as HOME
   */
  Binding(Map<String, String> environment) {
    SimpleModule texts = new SimpleModule();
    texts.addDeserializer(Duration.class, new DurationReader());
    texts.addDeserializer(Path.class, new PathReader(environment.get("HOME")));
    this.mapper = JsonMapper.builder().addModule(texts).build();
  }

  /**
   * @param origins who gave each value, for messages
   * @throws ConfigurationException if a record refuses its values
   */
  Configuration bind(ObjectNode tree, Map<String, String> origins) {
    try {
      return mapper.treeToValue(tree, Configuration.class);
    } catch (JsonMappingException e) {
      throw new ConfigurationException(located(message(e), origins), e);
    } catch (JsonProcessingException e) {
      throw new ConfigurationException(String.valueOf(e.getOriginalMessage()), e);
    }
  }

  private static String message(JsonMappingException e) {
    String key =
        e.getPath().stream()
            .map(JsonMappingException.Reference::getFieldName)
            .collect(Collectors.joining("."));
    return switch (e) {
      case ValueInstantiationException refused when refused.getCause() != null ->
          KnownKeys.join(key, String.valueOf(refused.getCause().getMessage()));
      case InvalidFormatException wrong when wrong.getTargetType().isEnum() ->
          "%s is \"%s\", must be %s"
              .formatted(key, wrong.getValue(), choices(String.valueOf(e.getOriginalMessage())));
      default -> key + ": " + e.getOriginalMessage();
    };
  }

  /** Jackson lists an enum's names at the end of its message, in brackets. */
  private static String choices(String message) {
    return message.replaceFirst("(?s).*\\[(.*)].*", "one of $1");
  }

  /** Puts the file's name, or --set, before a message that starts with a key. */
  private static String located(String message, Map<String, String> origins) {
    String key = message.replaceFirst("(?s)[: ].*", "");
    return origins.containsKey(key) ? origins.get(key) + ": " + message : message;
  }

  private static final class DurationReader extends StdScalarDeserializer<Duration> {
    private static final long serialVersionUID = 1L;

    DurationReader() {
      super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      try {
        return DurationText.parse(parser.getText());
      } catch (IllegalArgumentException e) {
        throw JsonMappingException.from(parser, e.getMessage(), e);
      }
    }
  }

  /** An empty text is no path. */
  private static final class PathReader extends StdScalarDeserializer<Path> {
    private static final long serialVersionUID = 1L;
    private final @Nullable String home;

    PathReader(@Nullable String home) {
      super(Path.class);
      this.home = home;
    }

    @Override
    public @Nullable Path deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      String text = parser.getText();
      if (text.isBlank()) {
        return null;
      }
      return home != null && text.startsWith("~/")
          ? Path.of(home, text.substring(2))
          : Path.of(text);
    }
  }
}
