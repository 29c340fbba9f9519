package dev.refrain.processors.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refrain.processors.packing.PackingSettings.Order;
import dev.refrain.processors.packing.PackingSettings.Overflow;
import dev.refrain.processors.retrieval.Hit;
import dev.refrain.processors.retrieval.Passage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ContextPackerTest {
  private static final PromptTemplate PROMPT = new PromptTemplate("{context}Q: {question}");
  private static final PromptTemplate PASSAGE = new PromptTemplate("{title} {text} ");
  private static final Map<String, String> SLOTS = Map.of("question", "why");

  /** A token a word: "Q:" and the question are two. */
  private static int words(String prompt) {
    return prompt.isBlank() ? 0 : prompt.strip().split("\\s+").length;
  }

  private static Hit hit(int number, int words) {
    String text = IntStream.range(1, words).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
    return new Hit(new Passage("p" + number, "t" + number, text), 10.0 - number);
  }

  private static ContextPacker packer(Overflow overflow, Order order, int budget) {
    return new ContextPacker(
        new PackingSettings(overflow, order, 100, PASSAGE), ContextPackerTest::words, budget);
  }

  private static List<String> ids(PackedContext packed) {
    return packed.hits().stream().map(hit -> hit.passage().id()).toList();
  }

  @Test
  void keepsWholePassagesWithinTheTokenBudget() {
    List<Hit> hits = List.of(hit(0, 4), hit(1, 4), hit(2, 4));

    PackedContext packed =
        packer(Overflow.STOP, Order.BEST_FIRST, 11).pack(PROMPT, SLOTS, hits).orElseThrow();

    assertThat(ids(packed)).containsExactly("p0", "p1");
    assertThat(packed.prompt()).isEqualTo("t0 w1 w2 w3 t1 w1 w2 w3 Q: why");
    assertThat(packed.promptTokens()).isEqualTo(10);
  }

  @Test
  void fillsTheBudgetToTheLastToken() {
    List<Hit> hits = List.of(hit(0, 4), hit(1, 5));

    assertThat(packer(Overflow.STOP, Order.BEST_FIRST, 11).pack(PROMPT, SLOTS, hits))
        .hasValueSatisfying(packed -> assertThat(packed.hits()).hasSize(2));
    assertThat(packer(Overflow.STOP, Order.BEST_FIRST, 10).pack(PROMPT, SLOTS, hits))
        .hasValueSatisfying(packed -> assertThat(packed.hits()).hasSize(1));
  }

  @Test
  void skipsAPassageThatDoesNotFitWhereItIsTold() {
    List<Hit> hits = List.of(hit(0, 4), hit(1, 90), hit(2, 4));

    assertThat(
            ids(
                packer(Overflow.SKIP, Order.BEST_FIRST, 12)
                    .pack(PROMPT, SLOTS, hits)
                    .orElseThrow()))
        .containsExactly("p0", "p2");
    assertThat(
            ids(
                packer(Overflow.STOP, Order.BEST_FIRST, 12)
                    .pack(PROMPT, SLOTS, hits)
                    .orElseThrow()))
        .containsExactly("p0");
  }

  @Test
  void putsTheBestPassageNextToTheQuestionWhereItIsTold() {
    PackedContext packed =
        packer(Overflow.STOP, Order.BEST_LAST, 100)
            .pack(PROMPT, SLOTS, List.of(hit(0, 2), hit(1, 2)))
            .orElseThrow();

    assertThat(packed.prompt()).isEqualTo("t1 w1 t0 w1 Q: why");
    assertThat(ids(packed)).containsExactly("p0", "p1");
  }

  @Test
  void hasNoPromptWhereTheQuestionAloneIsTooLong() {
    assertThat(packer(Overflow.STOP, Order.BEST_FIRST, 1).pack(PROMPT, SLOTS, List.of())).isEmpty();
  }

  @Test
  void agreesWithAddingOnePassageAfterAnother() {
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      List<Hit> hits = new ArrayList<>();
      for (int i = 0; i < random.nextInt(20); i++) {
        hits.add(hit(i, 1 + random.nextInt(12)));
      }
      int budget = 2 + random.nextInt(80);
      List<String> naive = new ArrayList<>();
      int used = 2;
      for (Hit hit : hits) {
        used += words(hit.passage().title() + " " + hit.passage().text());
        if (used > budget) {
          break;
        }
        naive.add(hit.passage().id());
      }
      assertThat(
              ids(
                  packer(Overflow.STOP, Order.BEST_FIRST, budget)
                      .pack(PROMPT, SLOTS, hits)
                      .orElseThrow()))
          .isEqualTo(naive);
    }
  }

  @Test
  void refusesABudgetWithoutRoom() {
    assertThatThrownBy(() -> packer(Overflow.STOP, Order.BEST_FIRST, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 tokens");
  }
}
