package dev.refrain.processors.stages;

import dev.refrain.processors.difficulty.DifficultyEstimator;
import dev.refrain.processors.difficulty.Estimate;
import dev.refrain.processors.difficulty.Leads;
import dev.refrain.processors.question.PendingQuestion;
import dev.refrain.processors.question.Route;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Estimates how hard a question was for the pass it has had. A sequence that declines to answer is
 * a blank one from here on.
 */
public final class EstimateDifficultyProcessor
    implements Processor<String, Passed, String, Estimated> {
  private static final Logger LOG = LoggerFactory.getLogger(EstimateDifficultyProcessor.class);

  private final List<String> noAnswer;
  private final Leads leads;
  private ProcessorContext<String, Estimated> context;

  /**
   * @param noAnswer texts with which the model declines to answer
   * @param leads sees whether a first answer is only the first of two steps
   */
  public EstimateDifficultyProcessor(List<String> noAnswer, Leads leads) {
    this.noAnswer = List.copyOf(noAnswer);
    this.leads = leads;
  }

  @Override
  public void init(ProcessorContext<String, Estimated> newContext) {
    context = newContext;
  }

  @Override
  public void process(Record<String, Passed> record) {
    PendingQuestion pending = record.value().pending();
    Estimate estimate =
        DifficultyEstimator.estimate(
            pending.question().text(),
            pending.context().hits(),
            record.value().sequences().stream().map(s -> s.declinedBy(noAnswer)).toList(),
            pending.route() == Route.TEXTUAL ? pending.candidates() : List.of());
    boolean on = pending.pass() == 1 && leadsOn(pending, estimate);
    context.forward(record.withValue(new Estimated(pending, estimate.leading(on))));
  }

  /** Where the index cannot be read, the answer that is there stands for itself. */
  private boolean leadsOn(PendingQuestion pending, Estimate estimate) {
    try {
      return leads.on(pending.question().text(), pending.context().hits(), estimate.candidates());
    } catch (UncheckedIOException e) {
      LOG.warn("question {} stage {}: {}", pending.id(), Stages.ESTIMATE_DIFFICULTY, e.toString());
      return false;
    }
  }
}
