package dev.refrain.connectors.house.prose;

import java.util.List;

/**
 * The opening of an article.
 *
 * @param title without brackets
 * @param sentences clean ones, at least one
 * @param kind what the first sentence says it is: village, singer; empty if it does not
 * @param person whether it is about a person
 * @param named whether the title is a name rather than a common word
 */
record Passage(String title, List<String> sentences, String kind, boolean person, boolean named) {

  /** The title where it is a name: what a sentence then begins with is one too. */
  String name() {
    return named ? title : "";
  }
}
