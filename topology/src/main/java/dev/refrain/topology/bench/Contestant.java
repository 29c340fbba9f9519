package dev.refrain.topology.bench;

import java.io.IOException;

/** An engine that is measured: it continues prompts greedily. */
interface Contestant extends AutoCloseable {

  /** What it is called in the table. */
  String name();

  /**
   * Continues a prompt, alone, and says how long that took.
   *
   * @param prompt letters, each a token
   * @param newTokens how many tokens it generates, 1 or more
   * @return seconds, reading the prompt included
   * @throws IOException if it fails, or gives another number of tokens
   */
  double seconds(String prompt, int newTokens) throws IOException;

  @Override
  void close();
}
