package dev.refrain.processors.retrieval.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class LinesTest {
  @Test
  void cutsAsTheJdkDoesWhereverTheBufferEnds() throws IOException {
    Random random = new Random(1);
    for (int round = 0; round < 300; round++) {
      String text =
          random
              .ints(random.nextInt(400), 0, 12)
              .mapToObj(i -> i == 0 ? "\n" : i == 1 ? "\r\n" : "ab")
              .collect(Collectors.joining());
      assertThat(lines(text, 1 << 16, 1 + random.nextInt(7))).isEqualTo(text.lines().toList());
    }
  }

  @Test
  void marksALineThatIsTooLongAndGoesOnBehindIt() throws IOException {
    assertThat(lines("ab\n" + "x".repeat(100) + "\ncd\n" + "y".repeat(9), 8, 3))
        .containsExactly("ab", "too long", "cd", "too long");
  }

  @Test
  void dropsAByteOrderMark() throws IOException {
    assertThat(lines("\uFEFFa\n\uFEFFb", 100, 100)).containsExactly("a", "\uFEFFb");
  }

  private static List<String> lines(String text, int longest, int chunk) throws IOException {
    List<String> found = new ArrayList<>();
    InputStream bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    try (Lines lines = new Lines(new Trickle(bytes, chunk), longest)) {
      while (lines.next()) {
        assertThat(lines.number()).isEqualTo(found.size() + 1);
        String line =
            new String(lines.buffer(), lines.offset(), lines.length(), StandardCharsets.UTF_8);
        found.add(lines.isTooLong() ? "too long" : line);
      }
    }
    return found;
  }

  /** Hands out a few bytes at a time. */
  private static final class Trickle extends InputStream {
    private final InputStream in;
    private final int chunk;

    Trickle(InputStream in, int chunk) {
      this.in = in;
      this.chunk = chunk;
    }

    @Override
    public int read() throws IOException {
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return in.read(bytes, offset, Math.min(length, chunk));
    }
  }
}
