package dev.refrain.connectors.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refrain.gpuworkers.pool.Outcome;
import dev.refrain.schemas.avro.Generate;
import dev.refrain.schemas.avro.Passage;
import dev.refrain.schemas.avro.Rerank;
import dev.refrain.schemas.avro.Reranked;
import dev.refrain.schemas.avro.WorkRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RerankServiceTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void keepsTheOrderOfRetrieval() {
    assertThat(scores(new IdentityReranker(), 9.5, 3.0, 3.0, 4.0, -1.0))
        .containsExactly(9.5, 3.0, 3.0, 3.0, -1.0)
        .isSortedAccordingTo((a, b) -> Double.compare(b, a));
    assertThat(scores(new IdentityReranker())).isEmpty();
  }

  @Test
  void handsQuestionAndPassagesToTheReranker() {
    Reranker lengths =
        (question, passages) ->
            passages.stream()
                .mapToDouble(p -> question.length() + p.title().length() + p.text().length())
                .toArray();

    assertThat(scores(lengths, 2.0, 1.0)).containsExactly(7.0, 7.0);
  }

  @Test
  void refusesWhatItCannotScore() {
    Outcome nan = serve(new IdentityReranker(), rerank(Double.NaN));
    Outcome other =
        serve(new IdentityReranker(), new Generate("p", true, 0, 1.0, 1.0, 1, List.of(), 0L, null));

    assertThat(nan).isEqualTo(new Outcome.Refused("score is NaN, must be finite"));
    assertThat(other)
        .isEqualTo(new Outcome.Refused("This pool re-ranks; the work asked for is Generate"));
  }

  @Test
  void refusesWorkForAnotherReranker() {
    assertThat(serve(new IdentityReranker(), request("trained", null, rerank(1.0))))
        .isEqualTo(
            new Outcome.Refused(
                "The request is for re-ranker trained; this worker serves re-ranker identity"));
    assertThat(serve(new IdentityReranker(), request("identity", "heads", rerank(1.0))))
        .isEqualTo(
            new Outcome.Refused("The request is for attachment heads; this worker serves none"));
  }

  @Test
  void failsWhereAScoreIsMissing() {
    Reranker forgetful = (question, passages) -> new double[0];

    assertThatThrownBy(() -> scores(forgetful, 1.0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The re-ranker gave 0 scores for 1 passages");
  }

  private static List<Double> scores(Reranker reranker, double... retrieved) {
    Outcome.Done done = (Outcome.Done) serve(reranker, rerank(retrieved));
    return ((Reranked) done.result()).getScores();
  }

  private static Rerank rerank(double... scores) {
    List<Passage> passages =
        Arrays.stream(scores).mapToObj(s -> new Passage("d#0", "t", "ab", s)).toList();
    return new Rerank("Who?", passages);
  }

  private static Outcome serve(Reranker reranker, Object work) {
    return serve(reranker, request("identity", null, work));
  }

  private static WorkRequest request(String digest, @Nullable String attachment, Object work) {
    return new WorkRequest(
        "w", "q", "rerank", 1, NOW, NOW.plusSeconds(9), digest, attachment, work);
  }

  private static Outcome serve(Reranker reranker, WorkRequest request) {
    RerankService service = new RerankService(reranker, "identity", InstantSource.fixed(NOW));
    return service.submit(request).join();
  }
}
