package dev.refrain.gpuworkers.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.schemas.avro.Rerank;
import dev.refrain.schemas.avro.WorkRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttachedServicesTest {

  @Test
  void servesEachRequestWithItsOwnAttachment() {
    AttachedServices services =
        new AttachedServices(named("bare"), Map.of("p1", named("one"), "p2", named("two")));

    assertThat(Stream.of("p1", null, "p2", "p1", "other"))
        .extracting(attachment -> services.submit(request(attachment)).join())
        .extracting(outcome -> ((Outcome.Refused) outcome).reason())
        .containsExactly("one of p1", "bare of null", "two of p2", "one of p1", "bare of other");
  }

  private static PoolService named(String name) {
    return request ->
        CompletableFuture.completedFuture(
            new Outcome.Refused(name + " of " + request.getAttachmentDigest()));
  }

  private static WorkRequest request(@Nullable String attachment) {
    return new WorkRequest(
        "w",
        "q",
        "lm",
        1,
        Requests.NOW,
        Requests.NOW,
        "model",
        attachment,
        new Rerank("query", List.of()));
  }
}
