package dev.refrain.topology.prompts;

import dev.refrain.connectors.house.TwoPassExercise;
import dev.refrain.processors.difficulty.Candidates;
import dev.refrain.processors.question.Candidate;
import dev.refrain.processors.question.PendingQuestion;
import dev.refrain.processors.work.GenerationSettings;
import dev.refrain.processors.work.WorkRequests;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Candidates of the first pass behind the reader's prompt (METHODS 6): one greedy sequence and so
 * many samples that n sequences are 1 to 16, the exercise's number deciding, merged and ordered as
 * the topology does.
 *
 * @param requests asks the model behind the reader's prompt
 */
record FirstPass(WorkRequests requests) {
  private static final int MOST_SEQUENCES = 16;

  /** The candidates, the likeliest first; empty where every sequence declines. */
  List<Candidate> candidates(TwoPassExercise exercise, Reader reader) {
    int sequences = 1 + new SplittableRandom(exercise.number()).nextInt(MOST_SEQUENCES);
    PendingQuestion pending = reader.prompts().first(exercise);
    GenerationSettings generation = reader.prompts().settings().reading().generation();
    return reader
        .ask(requests, pending, generation.withSamples(sequences - 1))
        .map(Candidates::of)
        .orElse(List.of());
  }
}
