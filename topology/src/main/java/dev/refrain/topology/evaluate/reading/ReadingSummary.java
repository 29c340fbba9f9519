package dev.refrain.topology.evaluate.reading;

import dev.refrain.topology.evaluate.BootstrapMean;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * What the readings of one file come to. Means are over all questions that were asked; one without
 * an answer counts as wrong.
 *
 * @param file the file
 * @param questions questions that were asked
 * @param wanted questions that were to be asked; more than those where the run was ended early
 * @param unanswerable questions that were left out, because the file says that they have no answer
 * @param exactMatch mean exact match, in [0, 1]
 * @param f1 mean F1, in [0, 1]
 * @param exactMatchAnswered mean exact match over the questions with an answer; 0 where there are
 *     none
 * @param declined share of the questions without an answer, in [0, 1]
 * @param cut questions whose paragraph did not fit the context whole
 * @param answersCut those of them that lost every accepted answer by it
 * @param questionsPerSecond questions read in a second, loading left out
 */
public record ReadingSummary(
    String file,
    int questions,
    int wanted,
    int unanswerable,
    BootstrapMean exactMatch,
    BootstrapMean f1,
    double exactMatchAnswered,
    double declined,
    int cut,
    int answersCut,
    double questionsPerSecond) {

  /**
   * Sums up.
   *
   * @param seconds what the readings took, above 0
   */
  static ReadingSummary of(ReadingFile file, List<GradedReading> graded, double seconds) {
    List<GradedReading> answered = graded.stream().filter(g -> g.answer() != null).toList();
    return new ReadingSummary(
        file.path().toString(),
        graded.size(),
        file.questions().size(),
        file.unanswerable(),
        BootstrapMean.of(figures(graded, GradedReading::exactMatch)),
        BootstrapMean.of(figures(graded, GradedReading::f1)),
        answered.stream().mapToInt(GradedReading::exactMatch).average().orElse(0),
        graded.stream().mapToInt(g -> g.answer() == null ? 1 : 0).average().orElse(0),
        count(graded, GradedReading::cut),
        count(graded, GradedReading::answerCut),
        graded.size() / seconds);
  }

  private static double[] figures(
      List<GradedReading> graded, ToDoubleFunction<GradedReading> figure) {
    return graded.stream().mapToDouble(figure).toArray();
  }

  private static int count(List<GradedReading> graded, Predicate<GradedReading> which) {
    return (int) graded.stream().filter(which).count();
  }
}
