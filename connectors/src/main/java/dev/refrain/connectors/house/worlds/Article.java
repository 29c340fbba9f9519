package dev.refrain.connectors.house.worlds;

/**
 * A passage as it will be packed.
 *
 * @param title name of its subject, with a capital
 * @param text whole sentences, separated by blanks
 */
public record Article(String title, String text) {
  public Article {
    if (title.isBlank() || text.isBlank()) {
      throw new IllegalArgumentException(
          "title is '%s', text is '%s', neither may be blank".formatted(title, text));
    }
  }
}
