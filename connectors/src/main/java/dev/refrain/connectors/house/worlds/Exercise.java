package dev.refrain.connectors.house.worlds;

import java.util.List;

/**
 * Articles and questions about them.
 *
 * @param articles in the order to pack them; at least one
 * @param questions in the order to ask them
 */
public record Exercise(List<Article> articles, List<Asked> questions) {
  public Exercise {
    articles = List.copyOf(articles);
    questions = List.copyOf(questions);
    if (articles.isEmpty()) {
      throw new IllegalArgumentException("articles has 0 entries, must have at least 1");
    }
  }
}
