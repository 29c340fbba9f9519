package dev.refrain.topology.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads YAML into trees and says where it is broken. */
final class Yaml {
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY).build();
  private static final String DEFAULTS = "defaults.yaml";

  private Yaml() {}

  static ObjectNode defaults() {
    return tree(DEFAULTS, defaultsText());
  }

  static String defaultsText() {
    try (InputStream in = Yaml.class.getResourceAsStream(DEFAULTS)) {
      if (in == null) {
        throw new IllegalStateException("The resource " + DEFAULTS + " is missing.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws ConfigurationException if the file cannot be read or is not a YAML mapping
   */
  static ObjectNode file(Path path) {
    try {
      return tree(path.toString(), Files.readString(path));
    } catch (NoSuchFileException e) {
      throw new ConfigurationException("%s: no such file".formatted(path), e);
    } catch (IOException e) {
      throw new ConfigurationException("%s: cannot be read: %s".formatted(path, e), e);
    }
  }

  /** A scalar or a list, as YAML would read it behind a key. */
  static JsonNode value(String text) throws JsonProcessingException {
    return MAPPER.readTree(text);
  }

  /** The mapping of a text that comes from {@code name}. */
  static ObjectNode tree(String name, String text) {
    try {
      return switch (MAPPER.readTree(text)) {
        case ObjectNode mapping -> mapping;
        case JsonNode node when node.isMissingNode() || node.isNull() -> MAPPER.createObjectNode();
        case JsonNode node ->
            throw new ConfigurationException(
                "%s: is %s, must be a mapping such as `retrieval: {topK: 10}`"
                    .formatted(name, node));
      };
    } catch (JsonProcessingException e) {
      String place = e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
      throw new ConfigurationException(
          "%s%s: not YAML: %s".formatted(name, place, firstLine(e.getOriginalMessage())), e);
    }
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("").strip();
  }
}
