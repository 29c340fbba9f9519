package dev.refrain.topology.config;

/**
 * One value of the configuration and where it comes from.
 *
 * @param key path of the key, for example {@code retrieval.topK}
 * @param value as YAML; secrets are masked
 * @param origin {@code default}, the name of the file, or {@code --set}
 */
public record Setting(String key, String value, String origin) {

  /** Origin of a value that nobody set. */
  public static final String DEFAULT = "default";

  /** Whether somebody set it. */
  public boolean given() {
    return !origin.equals(DEFAULT);
  }
}
