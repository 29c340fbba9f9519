package dev.refrain.topology.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class TraceParentTest {
  private static String fresh(RandomGenerator random) {
    return new String(TraceParent.fresh(random), StandardCharsets.US_ASCII);
  }

  @Test
  void isAsTheRecommendationWritesIt() {
    Random random = new Random(3);
    List<String> many = Arrays.asList(new String[200]);
    many.replaceAll(none -> fresh(random));

    assertThat(many).allMatch(text -> text.matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01"));
    assertThat(many).doesNotHaveDuplicates();
  }

  @Test
  void isNeverAllZeros() {
    Iterator<Long> numbers = List.of(0L, 0L, 10L, 0L, 11L).iterator();

    assertThat(fresh(numbers::next))
        .isEqualTo("00-0000000000000000000000000000000a-000000000000000b-01");
  }
}
