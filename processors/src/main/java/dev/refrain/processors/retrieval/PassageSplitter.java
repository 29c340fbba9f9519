package dev.refrain.processors.retrieval;

import dev.refrain.processors.retrieval.documents.Document;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a document into disjoint blocks of as many words, the last one shorter (Karpukhin et al.,
 * Dense Passage Retrieval, section 4.1: 100 words). Words are what white space separates; within a
 * passage one blank stands between them. A document without words gives no passage.
 */
final class PassageSplitter {
  private final int words;

  /**
   * @param words of a passage, at least 1; 0 keeps documents whole
   */
  PassageSplitter(int words) {
    this.words = words;
  }

  List<Passage> split(Document document) {
    if (words == 0 || document.isPassage()) {
      return List.of(new Passage(document.id(), document.title(), document.text()));
    }
    List<Passage> passages = new ArrayList<>();
    StringBuilder block = new StringBuilder();
    int held = 0;
    String text = document.text();
    for (int start = nextWord(text, 0); start < text.length(); ) {
      int end = endOfWord(text, start);
      block.append(held == 0 ? "" : " ").append(text, start, end);
      held++;
      start = nextWord(text, end);
      if (held == words || start == text.length()) {
        String id = document.id() + "#" + passages.size();
        passages.add(new Passage(id, document.title(), block.toString()));
        block.setLength(0);
        held = 0;
      }
    }
    return passages;
  }

  private static int nextWord(String text, int from) {
    int at = from;
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int endOfWord(String text, int from) {
    int at = from;
    while (at < text.length() && !isSpace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** Java's white space and the no-break spaces; none of them needs two characters. */
  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }
}
