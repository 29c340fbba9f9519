package dev.refrain.topology.prompts;

import dev.refrain.processors.difficulty.Sample;
import dev.refrain.processors.packing.PackedContext;
import dev.refrain.processors.question.PendingQuestion;
import dev.refrain.processors.work.GenerationSettings;
import dev.refrain.processors.work.WorkRequests;
import dev.refrain.topology.serve.LmService;
import java.util.List;
import java.util.Optional;

/**
 * Asks the model as the topology does: the same prompts, spans, sampling and seeds, and declining
 * read in the same way. One thread at a time.
 *
 * @param prompts makes the prompts
 * @param model answers; not closed here
 */
record Reader(PassPrompts prompts, LmService model) {

  /**
   * What the model says.
   *
   * @param requests which soft prompts are asked for
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
    List<String> noAnswer = prompts.settings().reading().answer().noAnswer();
    return model
        .generate(
            requests.generate(
                pending, packed.prompt(), packed.spans(), generation, PassPrompts.NOW))
        .stream()
        .map(sample -> sample.declinedBy(noAnswer))
        .toList();
  }
}
