package dev.refrain.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What {@code refrain bench generate} speaks with a peer: a line of a prompt and a number of tokens
 * comes in, a line of the seconds that they took and the tokens that there were goes out. Lines
 * that do not begin with {@code turn} are the peer's own talk.
 */
final class Turns {
  private Turns() {}

  /** Something that continues prompts. */
  interface Model {
    /** Generates greedily and returns how many tokens there are. */
    int generate(String prompt, int newTokens);
  }

  /** Serves until standard input ends. */
  static void serve(Model model) {
    System.out.println("turn ready");
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int gap = line.indexOf(' ');
        long start = System.nanoTime();
        int tokens =
            model.generate(line.substring(0, gap), Integer.parseInt(line.substring(gap + 1)));
        System.out.println("turn " + (System.nanoTime() - start) / 1e9 + " " + tokens);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
