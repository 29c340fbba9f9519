package dev.refrain.connectors.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArticlesTest {
  private static final String LINES =
      "{\"id\": \"1\", \"title\": \"Tea\", \"text\": \"Tea is \\\"red\\\".\"}\n{\"text\": \"No title.\"}\n";

  @TempDir private Path folder;

  @Test
  void handsOnTitlesAndTextsInTheirOrder() throws IOException {
    Path file = Files.writeString(folder.resolve("corpus.jsonl"), LINES);
    assertThat(read(file)).containsExactly("Tea: Tea is \"red\".", ": No title.");
  }

  @Test
  void readsAFileThatIsGzipped() throws IOException {
    Path file = folder.resolve("corpus.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(LINES.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(read(file)).hasSize(2);
  }

  @Test
  void namesFileAndLineOfWhatIsNoJson() throws IOException {
    Path file = Files.writeString(folder.resolve("corpus.jsonl"), LINES + "{\"title\" Tea}\n");
    assertThatIOException()
        .isThrownBy(() -> read(file))
        .withMessageContaining(file + ":3: is no JSON")
        .withMessageContaining("one object with title and text a line");
  }

  private static List<String> read(Path file) throws IOException {
    List<String> articles = new ArrayList<>();
    Articles.read(file, (title, text) -> articles.add(title + ": " + text));
    return articles;
  }
}
