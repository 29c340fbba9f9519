package dev.refrain.processors.retrieval.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CorpusTest {
  @TempDir Path folder;

  private final List<BadLine> bad = new ArrayList<>();

  @Test
  void readsJsonLinesUnderEitherNameOfTheId() throws IOException {
    write(
        "c.jsonl",
        """
        {"id": "1", "title": "April", "text": "A month."}

        {"_id": 2, "text": "No title", "metadata": {"text": "x", "list": [1]}}
        {"text": "\\u00e4", "title": null, "id": "3"}""");

    assertThat(read("c.jsonl"))
        .containsExactly(
            new Document("1", "April", "A month.", false),
            new Document("2", "", "No title", false),
            new Document("3", "", "ä", false));
    assertThat(bad).isEmpty();
  }

  @Test
  void readsTheSameFromAGzippedFile() throws IOException {
    byte[] line = "{\"id\":\"1\",\"text\":\"x\"}\n".getBytes(StandardCharsets.UTF_8);
    Files.write(folder.resolve("c.jsonl.gz"), gzip(line));

    assertThat(read("c.jsonl.gz")).containsExactly(new Document("1", "", "x", false));
  }

  @Test
  void reportsEveryLineThatHoldsNoDocumentAndReadsOn() throws IOException {
    Path file =
        write(
            "c.jsonl",
            """
            {"id": "1", "text": "good"}
            not json
            {"text": "no id"}
            {"id": "4"}
            {"id": "5", "text": 7}
            [1]
            {"id": "1", "text": "again"}
            {"id": "8", "text": "cut
            {"id": "9", "text": "two"} {}
            {"id": "10", "text": "good"}
            """);

    assertThat(read("c.jsonl")).extracting(Document::id).containsExactly("1", "10");
    assertThat(bad).extracting(BadLine::number).containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    assertThat(bad).extracting(BadLine::file).containsOnly(file);
    assertThat(bad)
        .extracting(BadLine::reason)
        .satisfiesExactly(
            reason -> assertThat(reason).startsWith("not JSON: "),
            reason -> assertThat(reason).contains("no id"),
            reason -> assertThat(reason).contains("no text").contains("4"),
            reason -> assertThat(reason).contains("\"text\" is not a string"),
            reason -> assertThat(reason).contains("not a JSON object"),
            reason -> assertThat(reason).contains("the id 1 was used before"),
            reason -> assertThat(reason).startsWith("not JSON: "),
            reason -> assertThat(reason).contains("more than one JSON value"));
  }

  @Test
  void reportsBytesThatAreNotUtf8() throws IOException {
    byte[] line = "{\"id\":\"1\",\"text\":\"x\"}\n".getBytes(StandardCharsets.UTF_8);
    line[line.length - 4] = (byte) 0xff;
    Files.write(folder.resolve("c.jsonl"), line);
    Files.write(folder.resolve("c.tsv"), new byte[] {'1', '\t', (byte) 0xff, '\t', 'x'});
    Files.write(folder.resolve("c.txt"), new byte[] {(byte) 0xff});

    assertThat(read("")).isEmpty();
    assertThat(bad).extracting(BadLine::number).containsExactly(1L, 1L, 1L);
    assertThat(bad).allSatisfy(line1 -> assertThat(line1.reason()).containsIgnoringCase("UTF-8"));
  }

  @Test
  void givesUpAtTheFirstBadLineWhereToldTo() throws IOException {
    Path file = write("c.jsonl", "{\"id\": \"1\", \"text\": \"good\"}\n{}\n");

    assertThatThrownBy(
            () -> {
              try (CorpusReader reader = Corpus.at(file).open(BadLineHandler.FAIL)) {
                assertThat(reader.next()).isNotNull();
                reader.next();
              }
            })
        .isInstanceOf(BadLineException.class)
        .hasMessageStartingWith(file + ":2: no id");
  }

  @Test
  void readsPassagesAsDprPublishedThem() throws IOException {
    write(
        "psgs.tsv",
        """
        id\ttext\ttitle
        1\t"Aaron ""the"" high\tpriest"\tAaron
        2\tno "quotes" here\t"A ""B"" C"
        3\t"open\tx
        4\tonly
        \tx\ty
        5\t"a"b\tend""");

    assertThat(read("psgs.tsv"))
        .containsExactly(
            new Document("1", "Aaron", "Aaron \"the\" high\tpriest", true),
            new Document("2", "A \"B\" C", "no \"quotes\" here", true),
            new Document("4", "", "only", true),
            new Document("5", "end", "ab", true));
    assertThat(bad).extracting(BadLine::number).containsExactly(4L, 6L);
  }

  @Test
  void readsAFolderOfTextWithItsPathsAsIdsAndItsHeadingsAsTitles() throws IOException {
    write("b/notes.md", "intro\n\n## The *title* ##\nbody\n# Other\n");
    write("a.txt", "\uFEFF# no heading in plain text\r\n");
    write("b/plain.md", "no heading");
    write(".git/ignored.txt", "x");
    write("b/picture.png", "x");

    assertThat(read(""))
        .containsExactly(
            new Document("a.txt", "a", "# no heading in plain text", false),
            new Document("b/notes.md", "The *title*", "intro\n\n\nbody\n# Other", false),
            new Document("b/plain.md", "plain", "no heading", false));
  }

  @Test
  void readsTheFilesOfAFolderInTheOrderOfTheirNames() throws IOException {
    write("2.jsonl", "{\"id\": \"b\", \"text\": \"\"}");
    write("10.jsonl", "{\"id\": \"a\", \"text\": \"\"}\n{\"id\": \"b\", \"text\": \"\"}");

    assertThat(read("")).extracting(Document::id).containsExactly("a", "b");
    assertThat(bad)
        .singleElement()
        .hasToString(folder.resolve("2.jsonl") + ":1: the id b was used before");
  }

  @Test
  void countsTheBytesOnDiskUpToTheirTotal() throws IOException {
    byte[] lines = "{\"id\":\"1\",\"text\":\"x\"}\n\n\n".getBytes(StandardCharsets.UTF_8);
    Files.write(folder.resolve("c.jsonl.gz"), gzip(lines));
    write("d.txt", "text");
    Corpus corpus = Corpus.at(folder);

    try (CorpusReader reader = corpus.open(bad::add)) {
      while (reader.next() != null) {
        assertThat(reader.bytesRead()).isBetween(1L, corpus.bytes());
      }
      assertThat(reader.bytesRead()).isEqualTo(corpus.bytes());
    }
  }

  @Test
  void saysWhatIsMissingOrUnknown() throws IOException {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> Corpus.at(missing))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining(missing.toString());

    Path odd = write("corpus.data", "{\"id\": \"1\", \"text\": \"x\"}");
    assertThatThrownBy(() -> Corpus.at(odd)).hasMessageContaining(".jsonl");
    try (CorpusReader reader = Corpus.at(odd, DocumentFormat.JSON_LINES).open(bad::add)) {
      assertThat(reader.next()).isNotNull();
    }
  }

  @Test
  void namesAFileThatIsDamaged() throws IOException {
    byte[] whole =
        gzip("{\"id\":\"1\",\"text\":\"x\"}\n".repeat(50).getBytes(StandardCharsets.UTF_8));
    Path cut = folder.resolve("cut.jsonl.gz");
    Files.write(cut, Arrays.copyOf(whole, whole.length - 9));
    assertThatThrownBy(() -> read("cut.jsonl.gz")).hasMessageContaining(cut + " is damaged");

    Path plain = write("plain.jsonl.gz", "{\"id\":\"1\",\"text\":\"x\"}");
    assertThatThrownBy(() -> read("plain.jsonl.gz")).hasMessageContaining(plain + " is not gzip");
  }

  private List<Document> read(String name) throws IOException {
    List<Document> documents = new ArrayList<>();
    try (CorpusReader reader = Corpus.at(folder.resolve(name)).open(bad::add)) {
      for (Document next = reader.next(); next != null; next = reader.next()) {
        documents.add(next);
      }
      assertThat(reader.badLines()).isEqualTo(bad.size());
    }
    return documents;
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    return Files.writeString(file, text);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    }
    return zipped.toByteArray();
  }
}
