package dev.refrain.gpuworkers.generate;

import dev.refrain.gpuworkers.generate.BeamSettings.Stopping;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * The beginnings and the ended outputs of one input of a beam search. Step for step what {@code
 * GenerationMixin._beam_search} of transformers 4.57 does for one input, in its float arithmetic;
 * computes no log-probabilities. One thread at a time.
 */
final class Beams {
  /** What beginnings count that are none yet: less than any. */
  private static final float NONE = -1e9f;

  private static final Comparator<Hypothesis> BEST_FIRST =
      Comparator.comparing(Hypothesis::score, Comparator.reverseOrder());

  private final BeamSettings settings;
  private final Set<Integer> stopTokens;
  private final List<Hypothesis> ended = new ArrayList<>();
  private List<Beam> beams;
  private int length;
  private boolean improvable = true;

  /** A beginning: which of the ones before it goes on, its tokens, their log-probabilities. */
  private record Beam(int parent, List<Integer> tokenIds, float score) {}

  Beams(BeamSettings settings, Set<Integer> stopTokens) {
    this.settings = settings;
    this.stopTokens = Set.copyOf(stopTokens);
    this.beams = new ArrayList<>(Collections.nCopies(numBeams(), new Beam(0, List.of(), NONE)));
    beams.set(0, new Beam(0, List.of(), 0));
  }

  private int numBeams() {
    return settings.numBeams();
  }

  /** How many continuations a step has to choose from, so that enough are left that do not end. */
  static int candidates(BeamSettings settings, Set<Integer> stopTokens) {
    return Math.max(2, 1 + stopTokens.size()) * settings.numBeams();
  }

  /** The sum of the log-probabilities of a beginning. */
  float score(int beam) {
    return beams.get(beam).score();
  }

  /** Which of the beginnings before the last step a beginning goes on from. */
  int parent(int beam) {
    return beams.get(beam).parent();
  }

  /** The last token of a beginning. */
  int lastToken(int beam) {
    return beams.get(beam).tokenIds().getLast();
  }

  /** Whether no further step can change the outputs. */
  boolean done() {
    return !improvable || length == settings.maxNewTokens() || full();
  }

  /** Whether there are outputs enough for a search that then stops. */
  private boolean full() {
    return settings.stopping() == Stopping.WHEN_ALL_HAVE_ENDED && ended.size() == numBeams();
  }

  /** The outputs that have ended, best first. */
  List<Hypothesis> outputs() {
    return List.copyOf(ended);
  }

  /**
   * Goes one token further.
   *
   * @param candidates the best continuations of all beginnings, best first
   */
  void advance(List<Candidate> candidates) {
    length++;
    List<Beam> next = new ArrayList<>();
    List<Hypothesis> endings = new ArrayList<>();
    for (int rank = 0; rank < candidates.size(); rank++) {
      Candidate candidate = candidates.get(rank);
      List<Integer> tokenIds = new ArrayList<>(beams.get(candidate.beam()).tokenIds());
      tokenIds.add(candidate.tokenId());
      if (length < settings.maxNewTokens() && !stopTokens.contains(candidate.tokenId())) {
        next.add(new Beam(candidate.beam(), tokenIds, candidate.score()));
      } else if (rank < numBeams()) {
        endings.add(new Hypothesis(tokenIds, penalised(candidate.score(), length)));
      }
    }
    keepBest(endings);
    if (length < settings.maxNewTokens()) {
      beams = List.copyOf(next.subList(0, numBeams()));
      improvable = ended.size() < numBeams() || hope() > ended.getLast().score();
    }
  }

  private void keepBest(List<Hypothesis> endings) {
    ended.addAll(endings);
    ended.sort(BEST_FIRST);
    while (ended.size() > numBeams()) {
      ended.removeLast();
    }
  }

  /** The score that is hoped for from the best beginning. */
  private float hope() {
    boolean longest =
        settings.stopping() == Stopping.WHEN_NONE_CAN_BE_BETTER && settings.lengthPenalty() > 0;
    return penalised(score(0), longest ? settings.maxNewTokens() : length);
  }

  private float penalised(float score, int tokens) {
    return score / (float) Math.pow(tokens, settings.lengthPenalty());
  }

  /**
   * A continuation.
   *
   * @param beam the beginning that it goes on from
   * @param tokenId the token behind it
   * @param score the sum of all log-probabilities
   */
  record Candidate(int beam, int tokenId, float score) {}
}
