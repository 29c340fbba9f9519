package dev.refrain.connectors.house.prose;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Other ways to ask about a verb's subject: {@code rephrasings.txt}. Immutable, thread-safe. */
final class Rephrasings {
  private final Map<String, List<String>> forms = new HashMap<>();

  Rephrasings() {
    for (String line : Resource.lines("rephrasings.txt")) {
      int colon = line.indexOf(": ");
      forms.put(line.substring(0, colon), List.of(line.substring(colon + 2).split(" \\| ", -1)));
    }
  }

  /** The ways to ask, with {@code {S}} and {@code {O}}, or null. */
  @Nullable List<String> find(boolean passive, String base, String slot, Filler filler) {
    String key = (passive ? "passive " : "active ") + base + " " + slot + " ";
    String sort =
        switch (filler.sort()) {
          case PERSON -> "person";
          case PLACE -> "place";
          case YEAR, DATE -> "time";
          case COUNT, MEASURE -> "number";
          case THING -> "any";
        };
    List<String> exact = forms.get(key + sort);
    boolean anything = sort.equals("person") || sort.equals("place") || sort.equals("any");
    return exact == null && anything ? forms.get(key + "any") : exact;
  }
}
