package dev.refrain.connectors.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusReaderTest {
  @TempDir private Path folder;

  @Test
  void leavesOutNamesNumbersRareAndBannedWords() throws IOException {
    String often =
        "In 1984 the ants of Quillon ate a glip leaf. They met Quillon at the sea again. ";
    WordSequence sequence = read(often.repeat(30) + "They saw rare ants. ");
    assertThat(words(sequence))
        .containsExactlyInAnyOrder("the", "ants", "of", "ate", "leaf", "met", "at", "sea", "again");
  }

  @Test
  void tellsAWordThatStandsInNamesFromAName() throws IOException {
    WordSequence sequence =
        read(
            "The first war was the Cold War or a Star War. A smith met Smith, Smith, Smith. "
                .repeat(30));
    assertThat(words(sequence)).contains("war").doesNotContain("cold", "star", "smith");
  }

  @Test
  void endsASentenceAndLeavesOutWhatHasACapital() throws IOException {
    WordSequence sequence =
        read("Ants see ripe plums. Plums see Ants.\nBees see plums. ".repeat(25));
    List<String> words = words(sequence);
    List<String> first =
        IntStream.range(0, 8)
            .map(sequence::at)
            .mapToObj(row -> row == WordSequence.END ? "|" : words.get(row))
            .toList();
    assertThat(first).containsExactly("see", "ripe", "plums", "|", "see", "|", "see", "plums");
    assertThat(sequence.beginning(1)).isEqualTo(4);
    assertThat(sequence.beginning(4)).isEqualTo(4);
    assertThat(sequence.words()).isEqualTo(25 * 6);
    assertThat(sequence.longestSentence()).isEqualTo(3);
  }

  @Test
  void countsEveryPlaceOfAWordAndEveryWordOfTheCorpus() throws IOException {
    Vocabulary vocabulary =
        read("Ants see a plum. I see Ants, ants see 3. ".repeat(25)).vocabulary();
    assertThat(vocabulary.tokens()).isEqualTo(25 * 9);
    assertThat(vocabulary.entries())
        .containsExactly(
            new Vocabulary.Entry("see", 75),
            new Vocabulary.Entry("ants", 75),
            new Vocabulary.Entry("plum", 25));
  }

  @Test
  void refusesACorpusWithoutFrequentWords() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("Ants see plums."))
        .withMessageContaining("corpus.jsonl has 0 words that stand 25 times");
  }

  private WordSequence read(String text) throws IOException {
    String json = text.replace("\n", "\\n");
    Path file = folder.resolve("corpus.jsonl");
    Files.writeString(file, "{\"title\": \"T\", \"text\": \"%s\"}%n".formatted(json));
    return CorpusReader.read(file, "glip"::equals);
  }

  private static List<String> words(WordSequence sequence) {
    return sequence.vocabulary().entries().stream().map(Vocabulary.Entry::word).toList();
  }
}
