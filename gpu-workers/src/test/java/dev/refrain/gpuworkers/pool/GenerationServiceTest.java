package dev.refrain.gpuworkers.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.gpuworkers.generate.Generation;
import dev.refrain.gpuworkers.generate.GenerationRequest;
import dev.refrain.gpuworkers.generate.Generator;
import dev.refrain.gpuworkers.generate.Sampling;
import dev.refrain.gpuworkers.generate.Sequence;
import dev.refrain.gpuworkers.generate.SpanConstraint;
import dev.refrain.schemas.avro.Candidate;
import dev.refrain.schemas.avro.Finish;
import dev.refrain.schemas.avro.Generate;
import dev.refrain.schemas.avro.Generated;
import dev.refrain.schemas.avro.Rerank;
import dev.refrain.schemas.avro.Spans;
import dev.refrain.schemas.avro.TextRange;
import dev.refrain.schemas.avro.WorkRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GenerationServiceTest {
  private final List<GenerationRequest> calls = new ArrayList<>();
  private final Map<String, CompletableFuture<Generation>> generations = new HashMap<>();
  private final GenerationService service =
      new GenerationService(new FakeGenerator(), "model", null);

  @Test
  void handsTheWholeRequestToTheGenerator() {
    WorkRequest request = Requests.generate("a");
    service.submit(request).join();

    assertThat(calls)
        .containsExactly(
            new GenerationRequest(
                "prompt of a",
                new Sampling(true, 2, 0.7, 0.9, 16, List.of("\n"), 7),
                request.getDeadline()));
  }

  @Test
  void holdsTheGeneratorToTheSpansOfTheRequest() {
    Spans spans = new Spans(List.of(new TextRange(3, 7)), List.of("unknown"), 1.5);
    Spans backwards = new Spans(List.of(new TextRange(7, 3)), List.of(), 0.0);

    service.submit(request("model", null, held(spans))).join();

    assertThat(calls.getFirst().spans())
        .isEqualTo(
            new SpanConstraint(List.of(new SpanConstraint.Range(3, 7)), List.of("unknown"), 1.5));
    assertThat(refusal(request("model", null, held(backwards)))).contains("[7, 3)");
  }

  private static Generate held(Spans spans) {
    return new Generate("prompt", true, 0, 1.0, 1.0, 16, List.of(), 0L, spans);
  }

  @Test
  void handsTheWholeGenerationBack() {
    assertThat(service.submit(Requests.generate("a")).join())
        .isEqualTo(
            new Outcome.Done(
                new Generated(
                    11,
                    List.of(
                        new Candidate(
                            "prompt of a!", List.of(5), List.of(-0.5f), 1.25f, true, Finish.STOP))),
                2.5));
  }

  @Test
  void endsAGenerationEarlyThatIsCancelled() {
    CompletableFuture<Generation> running = new CompletableFuture<>();
    generations.put("prompt of a", running);
    service.submit(Requests.generate("a")).cancel(true);

    assertThat(running).isCancelled();
  }

  @Test
  void tellsAFailureFromARefusalThatComesLater() {
    IllegalStateException failure = new IllegalStateException("out of memory");
    generations.put("prompt of a", CompletableFuture.failedFuture(failure));
    generations.put(
        "prompt of b", CompletableFuture.failedFuture(new IllegalArgumentException("too long")));

    assertThat(service.submit(Requests.generate("a")))
        .failsWithin(Duration.ofSeconds(5))
        .withThrowableThat()
        .withCause(failure);
    assertThat(service.submit(Requests.generate("b")).join())
        .isEqualTo(new Outcome.Refused("too long"));
  }

  @Test
  void refusesAnotherModelAndNamesBoth() {
    assertThat(refusal(request("other", null, Requests.generate("a").getWork())))
        .isEqualTo("The request is for model other; this worker serves model model");
  }

  @Test
  void refusesAnotherAttachmentAndNamesBoth() {
    assertThat(refusal(request("model", "soft prompt", Requests.generate("a").getWork())))
        .contains("attachment soft prompt")
        .contains("attachment null");
  }

  @Test
  void refusesWhatTheGeneratorCanNeverDo() {
    Generate tooLong = new Generate("long", true, 0, 1.0, 1.0, 16, List.of(), 0L, null);
    Generate impossible = new Generate("p", false, 0, 1.0, 1.0, 16, List.of(), 0L, null);

    assertThat(refusal(request("model", null, tooLong))).isEqualTo("9 tokens exceed 8");
    assertThat(refusal(request("model", null, impossible))).contains("samples is 0");
    assertThat(calls).isEmpty();
  }

  @Test
  void refusesOtherWork() {
    assertThat(refusal(request("model", null, new Rerank("q", List.of())))).contains("Rerank");
  }

  private String refusal(WorkRequest request) {
    return ((Outcome.Refused) service.submit(request).join()).reason();
  }

  private static WorkRequest request(String model, @Nullable String attachment, Object work) {
    return new WorkRequest("w", "q", "lm", 1, Requests.NOW, Requests.NOW, model, attachment, work);
  }

  private final class FakeGenerator implements Generator {
    @Override
    public CompletableFuture<Generation> submit(GenerationRequest request) {
      try {
        check(request);
      } catch (IllegalArgumentException e) {
        return CompletableFuture.failedFuture(e);
      }
      calls.add(request);
      return generations.computeIfAbsent(
          request.prompt(), prompt -> CompletableFuture.completedFuture(generation(prompt)));
    }

    @Override
    public void check(GenerationRequest request) {
      if (request.prompt().equals("long")) {
        throw new IllegalArgumentException("9 tokens exceed 8");
      }
    }

    private static Generation generation(String prompt) {
      Sequence sequence =
          new Sequence(prompt + "!", List.of(5), List.of(-0.5f), 1.25f, true, Sequence.Finish.STOP);
      return new Generation(11, List.of(sequence), 2.5);
    }
  }
}
