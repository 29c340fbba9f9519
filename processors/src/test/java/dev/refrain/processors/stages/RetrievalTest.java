package dev.refrain.processors.stages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.processors.packing.PromptTemplate;
import dev.refrain.processors.question.Candidate;
import dev.refrain.processors.question.PendingQuestion;
import dev.refrain.processors.question.Question;
import dev.refrain.processors.question.Route;
import dev.refrain.processors.retrieval.Hit;
import dev.refrain.processors.retrieval.Passage;
import dev.refrain.processors.retrieval.Retriever;
import dev.refrain.processors.work.WorkRequests;
import dev.refrain.schemas.avro.WorkRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetrievalTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<Hit> HITS =
      List.of(
          new Hit(new Passage("d1#0", "Lyra", "Lyra has Vega."), 9),
          new Hit(new Passage("d2#0", "Mars", "Mars is red."), 1));

  private List<Hit> found = HITS;
  private final List<String> queries = new ArrayList<>();

  private Retrieval retrieval(int kept) {
    Retriever retriever =
        new Retriever() {
          @Override
          public List<Hit> retrieve(String query, int topK) {
            queries.add(query);
            return found;
          }

          @Override
          public String digest() {
            return "digest";
          }
        };
    return new Retrieval(
        retriever,
        new RetrievalSettings(20, new PromptTemplate("{question} {candidates}"), 3, 20),
        new WorkRequests("model", "identity"),
        new RetrievedPassages(kept));
  }

  private static PendingQuestion question(String id) {
    return PendingQuestion.of(
        new Question(id, "Which star?", "qa", NOW, NOW.plusSeconds(60), Map.of()), null);
  }

  private static PendingQuestion asked(Retrieval retrieval, String id, Instant now) {
    WorkRequest request = retrieval.ask(question(id), now);
    return question(id).awaiting(request.getWorkId(), request.getPool());
  }

  @Test
  void keepsThePassagesUntilTheirScoresCome() {
    Retrieval retrieval = retrieval(100);
    PendingQuestion asked = asked(retrieval, "q1", NOW);

    assertThat(retrieval.scored(asked)).contains(HITS);
    assertThat(queries).hasSize(1);
  }

  @Test
  void retrievesAgainWhatIsNotInMemory() {
    PendingQuestion asked = asked(retrieval(100), "q1", NOW);

    assertThat(retrieval(100).scored(asked)).contains(HITS);
    assertThat(queries).hasSize(2);
  }

  @Test
  void findsNothingWhereOtherPassagesWereScored() {
    PendingQuestion asked = asked(retrieval(100), "q1", NOW);
    found = List.of(new Hit(HITS.get(0).passage(), 8.5), HITS.get(1));

    assertThat(retrieval(100).scored(asked)).isEmpty();
  }

  @Test
  void keepsWhatCameFirstWhereThereIsNoRoomForMore() {
    Retrieval retrieval = retrieval(3);
    PendingQuestion first = asked(retrieval, "q1", NOW);
    PendingQuestion second = asked(retrieval, "q2", NOW);

    assertThat(retrieval.scored(second)).contains(HITS);
    assertThat(queries).as("the second is searched for again").hasSize(3);
    assertThat(retrieval.scored(first)).contains(HITS);
    assertThat(queries).as("the first is kept").hasSize(3);
  }

  @Test
  void searchesInASecondPassForTheCandidatesToo() {
    List<Candidate> candidates =
        List.of(new Candidate("Vega", 3, -1), new Candidate("Mars", 1, -2));
    PendingQuestion asked = question("q1");
    retrieval(100).ask(asked.recurse(Route.RE_RETRIEVE, candidates), NOW);
    retrieval(100).ask(asked.recurse(Route.FOLLOW, candidates), NOW);

    assertThat(queries).containsExactly("Which star? Vega Mars", "Vega");
  }

  @Test
  void makesRoomOfWhatNobodyCameFor() {
    Retrieval retrieval = retrieval(3);
    asked(retrieval, "q1", NOW);
    PendingQuestion later = asked(retrieval, "q2", NOW.plus(Duration.ofMinutes(2)));

    assertThat(retrieval.scored(later)).contains(HITS);
    assertThat(queries).hasSize(2);
  }
}
