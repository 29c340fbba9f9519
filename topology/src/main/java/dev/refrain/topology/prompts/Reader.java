package dev.refrain.topology.prompts;

import dev.refrain.gpuworkers.pool.Outcome;
import dev.refrain.gpuworkers.pool.PoolService;
import dev.refrain.processors.difficulty.Sample;
import dev.refrain.processors.packing.PackedContext;
import dev.refrain.processors.question.PendingQuestion;
import dev.refrain.processors.records.Records;
import dev.refrain.processors.work.GenerationSettings;
import dev.refrain.processors.work.WorkRequests;
import dev.refrain.schemas.avro.Generated;
import dev.refrain.schemas.avro.WorkRequest;
import java.util.List;
import java.util.Optional;

/**
 * Asks a pool's service as the topology does: the same prompts, spans, sampling and seeds, and
 * declining read in the same way. Safe where the service is.
 *
 * @param prompts makes the prompts
 * @param service answers
 */
record Reader(PassPrompts prompts, PoolService service) {

  /**
   * What the model says.
   *
   * @param requests which model and soft prompts are asked for
   * @return the greedy sequence first; empty where there is no prompt
   */
  Optional<List<Sample>> ask(
      WorkRequests requests, PendingQuestion pending, GenerationSettings generation) {
    return prompts.pack(pending).map(packed -> ask(requests, pending, generation, packed));
  }

  private List<Sample> ask(
      WorkRequests requests,
      PendingQuestion pending,
      GenerationSettings generation,
      PackedContext packed) {
    WorkRequest request =
        requests.generate(pending, packed.prompt(), packed.spans(), generation, PassPrompts.NOW);
    return switch (service.serve(List.of(request)).getFirst()) {
      case Outcome.Done(Generated generated, double _) ->
          generated.getCandidates().stream()
              .map(Records::sample)
              .map(sample -> sample.declinedBy(prompts.settings().answer().noAnswer()))
              .toList();
      case Outcome.Done(var other, double _) ->
          throw new IllegalStateException("the model gave " + other);
      case Outcome.Refused(String reason) -> throw new IllegalStateException(reason);
    };
  }
}
