package dev.refrain.processors.retrieval;

import dev.refrain.processors.retrieval.documents.BadLineHandler;
import dev.refrain.processors.retrieval.documents.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Small corpora and their indexes for tests. */
final class IndexFixture {
  private IndexFixture() {}

  /** Writes a corpus of documents d0, d1, … with these texts. */
  static Corpus corpus(Path file, String... texts) throws IOException {
    return titled(file, Arrays.stream(texts).map(text -> "|" + text).toArray(String[]::new));
  }

  /** Writes a corpus of documents d0, d1, …, each given as "title | text". */
  static Corpus titled(Path file, String... titlesAndTexts) throws IOException {
    String lines =
        IntStream.range(0, titlesAndTexts.length)
            .mapToObj(i -> line(i, titlesAndTexts[i].split("\\|", 2)))
            .collect(Collectors.joining());
    Files.writeString(file, lines);
    return Corpus.at(file);
  }

  private static String line(int number, String[] titleAndText) {
    return "{\"id\":\"d%d\",\"title\":\"%s\",\"text\":\"%s\"}\n"
        .formatted(number, titleAndText[0].strip(), titleAndText[1].strip());
  }

  static IndexReport build(Corpus corpus, Path folder, IndexSettings settings)
      throws IOException, InterruptedException {
    return new IndexBuilder(settings, BadLineHandler.FAIL, _ -> {}).build(corpus, folder);
  }

  static IndexReport build(Corpus corpus, Path folder) throws IOException, InterruptedException {
    return build(corpus, folder, IndexSettings.DEFAULT);
  }
}
