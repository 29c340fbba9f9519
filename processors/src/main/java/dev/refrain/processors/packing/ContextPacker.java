package dev.refrain.processors.packing;

import dev.refrain.processors.packing.PackingSettings.Order;
import dev.refrain.processors.packing.PackingSettings.Overflow;
import dev.refrain.processors.retrieval.Hit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Packs whole passages in descending score until the prompt has no token left (G section 3.1).
 * Counts complete prompts, because tokens of pieces do not add up to tokens of the whole. Safe for
 * use by many threads.
 */
public final class ContextPacker {
  private final PackingSettings settings;
  private final TokenCounter tokens;
  private final int budget;

  /**
   * @param budget most tokens of a prompt, begin-of-sequence included: the model's context less the
   *     new tokens
   */
  public ContextPacker(PackingSettings settings, TokenCounter tokens, int budget) {
    if (budget < 1) {
      throw new IllegalArgumentException(
          "The prompt budget is %d tokens, must be 1 or more: lower maxNewTokens or use a longer context"
              .formatted(budget));
    }
    this.settings = settings;
    this.tokens = tokens;
    this.budget = budget;
  }

  /** Most tokens of a prompt. */
  public int budget() {
    return budget;
  }

  /** Tokens of the prompt without any passage. */
  public int bareTokens(PromptTemplate template, Map<String, String> slots) {
    return tokens.count(prompt(template, slots, List.of()));
  }

  /** The passages that may come to be packed: whatever stands behind them is never looked at. */
  List<Hit> reachable(List<Hit> ranked) {
    boolean all = settings.overflow() == Overflow.SKIP || ranked.size() <= settings.maxPassages();
    return all ? ranked : ranked.subList(0, settings.maxPassages());
  }

  /**
   * Packs passages into a prompt.
   *
   * @param template the prompt, with a slot {context}
   * @param slots what fills its other slots
   * @param ranked the passages, best first
   * @return the packed prompt, or empty if the prompt is over the budget without any passage
   */
  public Optional<PackedContext> pack(
      PromptTemplate template, Map<String, String> slots, List<Hit> ranked) {
    List<Hit> packed = new ArrayList<>(longestPrefix(template, slots, ranked));
    if (settings.overflow() == Overflow.SKIP) {
      addWhatStillFits(template, slots, ranked, packed);
    }
    String prompt = prompt(template, slots, packed);
    int count = tokens.count(prompt);
    return count > budget
        ? Optional.empty()
        : Optional.of(new PackedContext(prompt, count, packed));
  }

  /**
   * The prompt of packed passages, with their titles and texts marked: of what the passage template
   * says itself nothing is.
   *
   * @param slots what fills the other slots, with marks of its own
   * @param packed the passages, best first
   */
  MarkedText marked(PromptTemplate template, Map<String, MarkedText> slots, List<Hit> packed) {
    List<MarkedText> passages =
        inOrder(packed).stream()
            .map(Hit::passage)
            .map(
                passage ->
                    settings
                        .passage()
                        .fillMarked(
                            Map.of(
                                "title", MarkedText.whole(passage.title()),
                                "text", MarkedText.whole(passage.text()))))
            .toList();
    Map<String, MarkedText> values = new HashMap<>(slots);
    values.put("context", MarkedText.join(passages));
    return template.fillMarked(values);
  }

  /**
   * Looks where the last count says that the budget ends, by its tokens per character, and never
   * outside what is still possible: a prompt with one passage more never has fewer tokens.
   */
  private List<Hit> longestPrefix(
      PromptTemplate template, Map<String, String> slots, List<Hit> ranked) {
    int most = Math.min(ranked.size(), settings.maxPassages());
    int fits = 0;
    int tooMany = most + 1;
    int next = 1;
    while (tooMany - fits > 1) {
      String prompt = prompt(template, slots, ranked.subList(0, next));
      int count = tokens.count(prompt);
      if (count <= budget) {
        fits = next;
      } else {
        tooMany = next;
      }
      double room = (budget - count) * (double) prompt.length() / Math.max(1, count);
      next =
          Math.clamp(
              next + passagesIn(room, ranked, next), fits + 1, Math.max(fits + 1, tooMany - 1));
    }
    return ranked.subList(0, fits);
  }

  /** How many passages more than the first ones so many characters hold; fewer if negative. */
  private static int passagesIn(double characters, List<Hit> ranked, int first) {
    int passages = 0;
    double left = characters;
    while (left < 0 && first + passages > 0) {
      passages--;
      left += characters(ranked.get(first + passages));
    }
    while (characters > 0 && first + passages < ranked.size()) {
      left -= characters(ranked.get(first + passages));
      if (left < 0) {
        return passages;
      }
      passages++;
    }
    return passages;
  }

  private static int characters(Hit hit) {
    return hit.passage().title().length() + hit.passage().text().length();
  }

  private void addWhatStillFits(
      PromptTemplate template, Map<String, String> slots, List<Hit> ranked, List<Hit> packed) {
    for (Hit hit : ranked.subList(packed.size(), ranked.size())) {
      if (packed.size() == settings.maxPassages()) {
        return;
      }
      packed.add(hit);
      if (tokens.count(prompt(template, slots, packed)) > budget) {
        packed.removeLast();
      }
    }
  }

  private String prompt(PromptTemplate template, Map<String, String> slots, List<Hit> hits) {
    StringBuilder context = new StringBuilder();
    for (Hit hit : inOrder(hits)) {
      context.append(
          settings
              .passage()
              .fill(Map.of("title", hit.passage().title(), "text", hit.passage().text())));
    }
    Map<String, String> values = new HashMap<>(slots);
    values.put("context", context.toString());
    return template.fill(values);
  }

  private List<Hit> inOrder(List<Hit> hits) {
    return settings.order() == Order.BEST_FIRST ? hits : hits.reversed();
  }
}
