package dev.refrain.gpuworkers.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordBoundariesTest {

  /** "[" where a run may begin, "]" where it may end. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Vega is blue.     | [Vega] [is] [blue].]
          1,318 km          | [1,318] [km]
          1,318, 7.         | [1,318],] [7].]
          it's 'so'         | [it's] ['[so]']
          (from Örn)        | [([from] [Örn])]
          $5 or 5$          | [$[5] [or] [5]$]
          Anne-Marie        | [Anne]-[Marie]
          e\u0301tude       | [e\u0301tude]
          世界 is           | [世][界] [is]
          ☕ and 👍🏽!       | [☕] [and] [👍🏽!]
          """)
  void beginAndEndWordsAndWhatStandsBesideSpace(String text, String marked) {
    WordBoundaries words = new WordBoundaries(text);

    String found =
        IntStream.rangeClosed(0, text.length())
            .mapToObj(
                at ->
                    (words.ends(at) ? "]" : "")
                        + (words.begins(at) ? "[" : "")
                        + (at < text.length() ? text.substring(at, at + 1) : ""))
            .collect(Collectors.joining());

    assertThat(found).isEqualTo(marked);
  }
}
