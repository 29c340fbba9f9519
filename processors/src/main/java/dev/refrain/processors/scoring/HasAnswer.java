package dev.refrain.processors.scoring;

import java.util.List;

/** stub */
public final class HasAnswer {
  private HasAnswer() {}

  public static boolean hasAnswer(String t, List<String> a) {
    return a.stream().anyMatch(t::contains);
  }
}
