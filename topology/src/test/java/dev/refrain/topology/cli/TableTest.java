package dev.refrain.topology.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void alignsTextToTheLeftAndNumbersToTheRight() {
    Table table =
        Table.headed("name", "count", "note").row("a", 5, "x").row("Zürich", 1200, "line\nbreak");
    assertThat(table.lines())
        .containsExactly("name    count  note", "a           5  x", "Zürich   1200  line\\nbreak");
  }

  @Test
  void leavesNoSpacesAtTheEndsOfLines() {
    assertThat(Table.plain().row("a", "long").row("bb", "s").lines())
        .containsExactly("a   long", "bb  s");
  }

  @Test
  void isEmptyWithoutRows() {
    assertThat(Table.plain().lines()).isEmpty();
  }
}
