package dev.refrain.topology.client;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * Makes the header {@code traceparent} of W3C Trace Context, version 00: {@code 00-<32 hexadecimal
 * digits of the trace>-<16 of the span>-01}, lower case, neither of them all zeros; 01 says that
 * the trace is recorded. Stateless.
 */
final class TraceParent {
  static final String HEADER = "traceparent";

  private TraceParent() {}

  /** The bytes of a header that begins a trace. */
  static byte[] fresh(RandomGenerator random) {
    return "00-%016x%016x-%016x-01"
        .formatted(random.nextLong(), notZero(random), notZero(random))
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static long notZero(RandomGenerator random) {
    long number = random.nextLong();
    while (number == 0) {
      number = random.nextLong();
    }
    return number;
  }
}
