package dev.refrain.topology.quickstart;

import dev.refrain.processors.retrieval.IndexBuilder;
import dev.refrain.processors.retrieval.IndexSettings;
import dev.refrain.processors.retrieval.documents.BadLineHandler;
import dev.refrain.processors.retrieval.documents.Corpus;
import dev.refrain.topology.client.QuestionFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The quickstart's folder: the articles, their index, a broker's data and its state.
 *
 * @param folder made if it is not there
 */
public record Quickstart(Path folder) {

  /** Writes the articles and builds their index anew, which takes less than a second. */
  public void prepare() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path articles = folder.resolve("articles.jsonl");
    try (InputStream in = resource("articles.jsonl")) {
      Files.copy(in, articles, StandardCopyOption.REPLACE_EXISTING);
    }
    new IndexBuilder(IndexSettings.DEFAULT, BadLineHandler.FAIL, progress -> {})
        .build(Corpus.at(articles), index());
  }

  /** The index of the articles. */
  public Path index() {
    return folder.resolve("index");
  }

  /** An embedded broker over this folder, as {@code key=value} of the configuration. */
  public List<String> settings() {
    return List.of(
        "kafka.bootstrapServers=",
        "broker.folder=" + folder.resolve("broker"),
        "stream.stateFolder=" + folder.resolve("state"),
        "retrieval.index=" + index());
  }

  /** Some questions that the articles answer. */
  public static List<QuestionFile.Line> questions() throws IOException {
    try (Reader text = text("questions.jsonl")) {
      return QuestionFile.read("questions.jsonl", text);
    }
  }

  /** Settings that go with the house model, as YAML. */
  public static String houseSettings() throws IOException {
    try (Reader text = text("house.yaml")) {
      return text.readAllAsString();
    }
  }

  static Reader text(String name) {
    return new InputStreamReader(resource(name), StandardCharsets.UTF_8);
  }

  private static InputStream resource(String name) {
    InputStream resource = Quickstart.class.getResourceAsStream(name);
    if (resource == null) {
      throw new IllegalStateException("The resource %s is missing".formatted(name));
    }
    return resource;
  }
}
