package dev.refrain.processors.scoring;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Relevance judgements: which documents answer a query, and how well. */
public final class Qrels {
  private Qrels() {}

  /**
   * Reads judgements: TREC's four columns ({@code query iteration document grade}) or BEIR's three
   * ({@code query-id corpus-id score}, with that header), separated by white space.
   *
   * @return grades by document by query, in the order of the file
   * @throws IOException if the file cannot be read or a line is malformed, naming the line
   */
  public static Map<String, Map<String, Integer>> read(Path file) throws IOException {
    Map<String, Map<String, Integer>> qrels = new LinkedHashMap<>();
    TextLines.forEach(file, (number, line) -> add(qrels, number, line.strip().split("\\s+")));
    return Collections.unmodifiableMap(qrels);
  }

  private static void add(Map<String, Map<String, Integer>> qrels, long number, String[] columns) {
    if (number == 1 && columns[0].equals("query-id")) {
      return;
    }
    if (columns.length < 3 || columns.length > 4) {
      throw new IllegalArgumentException(
          columns.length + " columns; judgements have 4 (TREC) or 3 (BEIR)");
    }
    String document = columns[columns.length - 2];
    Map<String, Integer> grades = qrels.computeIfAbsent(columns[0], _ -> new LinkedHashMap<>());
    if (grades.put(document, grade(columns[columns.length - 1])) != null) {
      throw new IllegalArgumentException(
          "document " + document + " is judged twice for query " + columns[0]);
    }
  }

  private static int grade(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("the grade '" + text + "' is no whole number", e);
    }
  }
}
