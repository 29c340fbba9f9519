package dev.refrain.gpuworkers.pool;

import dev.refrain.schemas.avro.Generate;
import dev.refrain.schemas.avro.Generated;
import dev.refrain.schemas.avro.WorkRequest;
import java.time.Instant;
import java.util.List;

/** Requests for tests. */
final class Requests {
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private Requests() {}

  static WorkRequest generate(String id) {
    return generate(id, NOW.plusSeconds(60));
  }

  static WorkRequest generate(String id, Instant deadline) {
    Generate work = new Generate("prompt of " + id, true, 2, 0.7, 0.9, 16, List.of("\n"), 7L, null);
    return new WorkRequest(
        "work-" + id, "question-" + id, "lm", 1, NOW, deadline, "model", null, work);
  }

  static Outcome done() {
    return new Outcome.Done(new Generated(3, List.of()), 1.5);
  }
}
