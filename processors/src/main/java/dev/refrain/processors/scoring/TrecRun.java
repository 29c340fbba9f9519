package dev.refrain.processors.scoring;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Writes rankings as trec_eval reads them: {@code query Q0 document rank score tag}. trec_eval
 * orders by score and not by rank, and reads scores in single precision: equal scores are lowered
 * by less than the last digit counts so that the order stands. Not safe for use by many threads.
 */
public final class TrecRun implements AutoCloseable {
  private final BufferedWriter out;
  private final String tag;
  private String query = "";
  private int rank;
  private float last;

  private TrecRun(BufferedWriter out, String tag) {
    this.out = out;
    this.tag = tag;
  }

  /** Creates or replaces a run file, with a tag that names the system. */
  public static TrecRun create(Path file, String tag) throws IOException {
    requireOneWord("tag", tag);
    return new TrecRun(Files.newBufferedWriter(file), tag);
  }

  /**
   * Adds the next document of a query; a new query starts a new ranking.
   *
   * @throws IllegalArgumentException if an id contains white space, which the format cannot hold
   */
  public void add(String queryId, String documentId, double score) throws IOException {
    requireOneWord("query id", queryId);
    requireOneWord("document id", documentId);
    boolean first = !queryId.equals(query);
    query = queryId;
    rank = first ? 1 : rank + 1;
    last = first ? (float) score : Math.min((float) score, Math.nextDown(last));
    out.write(
        String.format(Locale.ROOT, "%s Q0 %s %d %s %s%n", queryId, documentId, rank, last, tag));
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private static void requireOneWord(String what, String id) {
    if (id.isEmpty() || id.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalArgumentException(
          "The "
              + what
              + " '"
              + id
              + "' cannot stand in a TREC run: it is empty or has white space.");
    }
  }
}
