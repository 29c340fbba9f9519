package dev.refrain.topology.evaluate.reading;

import dev.refrain.processors.difficulty.DifficultyEstimator;
import dev.refrain.processors.difficulty.Estimate;
import dev.refrain.processors.difficulty.Sample;
import dev.refrain.processors.packing.PackedContext;
import dev.refrain.processors.packing.PassPrompt;
import dev.refrain.processors.question.PendingQuestion;
import dev.refrain.processors.question.Question;
import dev.refrain.processors.retrieval.Hit;
import dev.refrain.processors.retrieval.Passage;
import dev.refrain.processors.scoring.GoldQuestion;
import dev.refrain.processors.work.WorkRequests;
import dev.refrain.schemas.avro.WorkRequest;
import dev.refrain.topology.QaSettings;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.serve.LmService;
import dev.refrain.topology.serve.StageSettings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets the frozen model answer with the gold paragraph as the only passage: packed, asked, held to
 * spans and estimated as in a reading pass of the topology, but with the greedy answer alone. A
 * paragraph that does not fit is cut. Holds native memory until it is closed. One thread at a time.
 */
public final class GoldReader implements AutoCloseable {
  private static final Instant NEVER = Instant.ofEpochMilli(Long.MAX_VALUE);

  private final LmService model;
  private final PassPrompt prompts;
  private final WorkRequests requests;
  private final List<String> noAnswer;

  private GoldReader(LmService model, QaSettings settings) {
    this.model = model;
    this.prompts = settings.passPrompt(model::countTokens);
    this.requests = new WorkRequests(model.digest(), "", model.attachments());
    this.noAnswer = settings.reading().answer().noAnswer();
  }

  /**
   * What the model made of a question.
   *
   * @param answer its answer; null where it declined or said nothing
   * @param confidence as {@link dev.refrain.processors.difficulty.Signals#confidence} has it for a
   *     sequence alone: the root of its probability per token
   * @param paragraph what it was given to read: the gold paragraph, or its beginning
   */
  public record Reading(@Nullable String answer, double confidence, Passage paragraph) {}

  /**
   * Loads the model.
   *
   * @return the reader, which the caller closes
   * @throws dev.refrain.topology.config.ConfigurationException if the configuration does not fit
   *     the model
   * @throws dev.refrain.gpuworkers.model.UnusableModelException if the model is of no use
   */
  public static GoldReader open(Configuration configuration) {
    LmService model = LmService.load(configuration.model(), InstantSource.system());
    try {
      return new GoldReader(model, StageSettings.of(configuration, model.contextLength()));
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /**
   * Reads for one question. The same question gives the same reading.
   *
   * @throws IllegalArgumentException if the question does not fit the context without any passage,
   *     or the model cannot generate what the configuration asks for
   */
  public Reading read(ReadingQuestion asked) {
    Passage paragraph =
        ParagraphCutter.cut(
            asked.paragraph(), part -> !pack(pending(asked.question(), part)).hits().isEmpty());
    PendingQuestion pending = pending(asked.question(), paragraph);
    PackedContext packed = pack(pending);
    Estimate estimate =
        DifficultyEstimator.estimate(
            asked.question().text(),
            packed.hits(),
            List.of(generate(pending, packed).declinedBy(noAnswer)),
            List.of());
    return new Reading(
        estimate.answer().isBlank() ? null : estimate.answer(),
        estimate.signals().confidence(),
        paragraph);
  }

  private static PendingQuestion pending(GoldQuestion gold, Passage paragraph) {
    Question question = new Question(gold.id(), gold.text(), "qa", Instant.EPOCH, NEVER, Map.of());
    return PendingQuestion.of(question, null).withHits(List.of(new Hit(paragraph, 1)));
  }

  private PackedContext pack(PendingQuestion pending) {
    return prompts
        .pack(pending)
        .orElseThrow(() -> new IllegalArgumentException(prompts.objection(pending)));
  }

  private Sample generate(PendingQuestion pending, PackedContext packed) {
    WorkRequest request =
        requests.generate(
            pending,
            packed.prompt(),
            packed.spans(),
            prompts.generation(pending).greedyOnly(),
            Instant.EPOCH);
    return model.generate(request).getFirst();
  }

  @Override
  public void close() {
    model.close();
  }
}
