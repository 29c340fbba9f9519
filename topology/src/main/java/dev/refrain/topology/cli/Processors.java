package dev.refrain.topology.cli;

/** Says how many processor threads there are. */
final class Processors {
  private Processors() {}

  /** The configured number of threads, or all there are where it is 0. */
  static int of(int configured) {
    return configured == 0 ? Runtime.getRuntime().availableProcessors() : configured;
  }
}
