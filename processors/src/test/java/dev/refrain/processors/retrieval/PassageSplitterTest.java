package dev.refrain.processors.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.processors.retrieval.documents.Document;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PassageSplitterTest {
  @Test
  void cutsDisjointBlocksOfWordsUnderTheirTitle() {
    assertThat(new PassageSplitter(2).split(document(" one\ntwo\u00a0three  four\tfive ")))
        .containsExactly(
            new Passage("d#0", "Title", "one two"),
            new Passage("d#1", "Title", "three four"),
            new Passage("d#2", "Title", "five"));
  }

  @Test
  void makesNoEmptyPassageWhereTheLastBlockIsFull() {
    String words = IntStream.range(0, 200).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));

    assertThat(new PassageSplitter(100).split(document(words))).hasSize(2);
    assertThat(new PassageSplitter(100).split(document(words + " x"))).hasSize(3);
    assertThat(new PassageSplitter(100).split(document(" \n"))).isEmpty();
  }

  @Test
  void keepsADocumentWholeWhereAskedTo() {
    assertThat(new PassageSplitter(0).split(document(" as \n it is ")))
        .containsExactly(new Passage("d", "Title", " as \n it is "));
  }

  @Test
  void leavesAlonePassagesThatTheCorpusHasCut() {
    assertThat(new PassageSplitter(1).split(new Document("7", "T", "two words", true)))
        .containsExactly(new Passage("7", "T", "two words"));
  }

  private static Document document(String text) {
    return new Document("d", "Title", text, false);
  }
}
