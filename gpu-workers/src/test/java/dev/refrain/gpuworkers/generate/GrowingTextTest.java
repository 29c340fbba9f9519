package dev.refrain.gpuworkers.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.gpuworkers.Fixture;
import dev.refrain.gpuworkers.model.ModelFolder;
import dev.refrain.gpuworkers.tokenizer.Tokenizer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrowingTextTest {
  private static final String TEXT = " the  song, Grüße and 世界 with ☕ 👩‍🚀👍🏽\n\nagain — naïve ";

  @ParameterizedTest
  @ValueSource(strings = {Fixture.GROUPED_F32, Fixture.TIED_F16})
  void growsToTheTextOfAllTokensWithoutABrokenCharacter(String model) {
    try (Tokenizer tokenizer = Tokenizer.open(ModelFolder.open(Fixture.path(model)))) {
      int[] prompt = tokenizer.encode("Who?");
      int[] whole = tokenizer.encode("Who?" + TEXT);
      GrowingText text = new GrowingText(tokenizer, prompt);

      String shown = "";
      for (int i = prompt.length; i < whole.length; i++) {
        String now = text.append(whole[i]).toString();
        assertThat(now).startsWith(shown).doesNotContain("\uFFFD");
        shown = now;
      }

      assertThat(text.finish().toString()).isEqualTo(TEXT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {Fixture.GROUPED_F32, Fixture.TIED_F16})
  void keepsTheSpaceBetweenPromptAndContinuation(String model) {
    try (Tokenizer tokenizer = Tokenizer.open(ModelFolder.open(Fixture.path(model)))) {
      GrowingText text = new GrowingText(tokenizer, tokenizer.encode("a refrain"));
      int[] whole = tokenizer.encode("a refrain again");

      for (int i = tokenizer.count("a refrain"); i < whole.length; i++) {
        text.append(whole[i]);
      }

      assertThat(text.finish().toString()).isEqualTo(" again");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {Fixture.GROUPED_F32, Fixture.TIED_F16})
  void isTheSameTextWhereNobodyLooksBeforeTheEnd(String model) {
    try (Tokenizer tokenizer = Tokenizer.open(ModelFolder.open(Fixture.path(model)))) {
      int[] prompt = tokenizer.encode("Who?");
      int[] whole = tokenizer.encode("Who?" + TEXT);
      GrowingText text = new GrowingText(tokenizer, prompt);

      for (int i = prompt.length; i < whole.length; i++) {
        text.add(whole[i]);
      }

      assertThat(text.finish().toString()).isEqualTo(TEXT);
    }
  }

  /**
   * Byte by byte, because a byte-fallback decoder gives up whole runs in which one byte is stray.
   */
  @Test
  void growsToTheTextOfBytesThatAreMostlyNoCharacters() {
    Random random = new Random(2);
    try (Tokenizer tokenizer = Tokenizer.open(ModelFolder.open(Fixture.path(Fixture.TIED_F16)))) {
      int[] prompt = tokenizer.encode("Who?");
      for (int round = 0; round < 50; round++) {
        int[] tokens = random.ints(60, 3, 300).toArray();
        GrowingText text = new GrowingText(tokenizer, prompt);
        String shown = "";
        for (int token : tokens) {
          String now = text.append(token).toString();
          assertThat(now).startsWith(shown);
          shown = now;
        }
        assertThat(text.finish().toString()).isEqualTo(tokenizer.decode(tokens));
      }
    }
  }
}
