package dev.refrain.topology.bench;

import dev.refrain.gpuworkers.engine.MachineSpeed;
import java.io.IOException;

/**
 * Refrain's engine beside what the machine gives at that moment.
 *
 * @param machine probes it with the engine's threads
 * @param own alone, one request at a time
 * @param size of its model
 */
record BesideMachine(MachineSpeed machine, OwnEngine own, ModelSize size) {

  /**
   * Decoding between probes of memory, in bytes a second. Prompts are of one token, so that a
   * stretch reads all weights once for each of its tokens.
   *
   * @param tokens of a stretch, 1 or more
   */
  Interleaved decoding(int stretches, int tokens, int round) throws IOException {
    String begin = own.prompt(1, round);
    double bytes = (double) tokens * size.bytes();
    return Interleaved.measure(
        stretches, machine::readBytesPerSecond, () -> bytes / own.seconds(begin, tokens));
  }

  /** Reading prompts between large products, in floating-point operations a second. */
  Interleaved reading(int stretches, int promptTokens, int round) throws IOException {
    String prompt = own.prompt(promptTokens, round);
    double operations = promptTokens * size.operationsPerPosition();
    return Interleaved.measure(
        stretches, machine::multiplyOperationsPerSecond, () -> operations / own.seconds(prompt, 1));
  }
}
