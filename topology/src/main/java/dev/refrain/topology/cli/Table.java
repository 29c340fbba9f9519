package dev.refrain.topology.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in aligned columns; numbers stand to the right. Not safe for many threads. */
final class Table {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();
  private final boolean headed;

  private Table(List<String> head) {
    headed = !head.isEmpty();
    if (headed) {
      rows.add(head);
    }
  }

  /** A table with a line of column names. */
  static Table headed(String... head) {
    return new Table(List.of(head));
  }

  /** A table of names and values, without a line above. */
  static Table plain() {
    return new Table(List.of());
  }

  /** Adds a row; cells are printed as their text is, line breaks as {@code \n}. */
  Table row(Object... cells) {
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(String.valueOf(cell).replace("\r", "").replace("\n", "\\n"));
    }
    rows.add(row);
    return this;
  }

  /** The lines, without spaces at their ends. */
  List<String> lines() {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    List<StringBuilder> lines = new ArrayList<>();
    rows.forEach(row -> lines.add(new StringBuilder()));
    for (int column = 0; column < columns; column++) {
      append(column, lines);
    }
    return lines.stream().map(line -> line.toString().stripTrailing()).toList();
  }

  private void append(int column, List<StringBuilder> lines) {
    List<String> cells =
        rows.stream().map(row -> column < row.size() ? row.get(column) : "").toList();
    int width = cells.stream().mapToInt(Table::width).max().orElse(0);
    boolean numbers =
        cells.stream().skip(headed ? 1 : 0).allMatch(cell -> cell.matches("-?[\\d.,]+[%kM]?|-?"));
    for (int i = 0; i < cells.size(); i++) {
      String padding = " ".repeat(width - width(cells.get(i)));
      lines
          .get(i)
          .append(column == 0 ? "" : GAP)
          .append(numbers ? padding : "")
          .append(cells.get(i))
          .append(numbers ? "" : padding);
    }
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
