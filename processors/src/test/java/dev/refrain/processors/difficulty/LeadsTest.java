package dev.refrain.processors.difficulty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.processors.question.Candidate;
import dev.refrain.processors.relevance.Coverage;
import dev.refrain.processors.relevance.SharedTerms;
import dev.refrain.processors.retrieval.Hit;
import dev.refrain.processors.retrieval.Passage;
import dev.refrain.processors.retrieval.Retriever;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LeadsTest {
  private static final String QUESTION = "In which city was the builder of the Tay Bridge born?";
  private static final Hit BRIDGE = hit("tay", "Tay Bridge", "Ann Low was its builder.");
  private static final Hit BUILDER = hit("low", "Ann Low", "She was born in Perth.");
  private static final Hit LOW = hit("lows", "Low", "A low brings rain.");

  @Test
  void leadsOnWhereTheAnswerIsTheTitleOfAnotherPassage() {
    assertThat(leads(0.8, List.of(BUILDER)).on(QUESTION, List.of(BRIDGE), said("the Ann Low")))
        .isTrue();
  }

  @Test
  void doesNotWhereNoPassageHasThatTitle() {
    assertThat(leads(0.8, List.of(LOW)).on(QUESTION, List.of(BRIDGE), said("Ann Low"))).isFalse();
    assertThat(leads(0.8, List.of()).on(QUESTION, List.of(BRIDGE), said("Ann Low"))).isFalse();
  }

  @Test
  void doesNotWhereThatPassageWasRead() {
    assertThat(
            leads(0.8, List.of(BUILDER))
                .on(QUESTION, List.of(BRIDGE, BUILDER), said("Ann Low", "Perth")))
        .isFalse();
  }

  @Test
  void doesNotWhereWhatWasReadSaysEnoughOfTheQuestion() {
    Leads leads = leads(0.8, List.of(BUILDER));
    assertThat(leads.on("Who was the builder of the Tay Bridge?", List.of(BRIDGE), said("Ann Low")))
        .as("builder, Tay and Bridge of who, builder, Tay and Bridge: 0.75")
        .isTrue();
    assertThat(leads.on("Name the Tay Bridge builder Ann.", List.of(BRIDGE), said("Ann Low")))
        .as("all but name: 0.8")
        .isFalse();
  }

  @Test
  void followsTheLikeliestCandidateAlone() {
    Retriever titles =
        retriever(
            query -> query.equals("Perth") ? List.of(hit("p", "Perth", "A city.")) : List.of());
    Leads leads = new Leads(titles, new Coverage(new SharedTerms()), 0.8);
    assertThat(leads.on(QUESTION, List.of(BRIDGE), said("Perth", "Ann Low"))).isTrue();
    assertThat(leads.on(QUESTION, List.of(BRIDGE), said("Ann Low", "Perth"))).isFalse();
    assertThat(leads.on(QUESTION, List.of(BRIDGE), List.of())).isFalse();
  }

  @Test
  void neverLooksWhereNothingIsToBeFollowed() {
    Retriever none =
        retriever(
            _ -> {
              throw new AssertionError("retrieved");
            });
    Leads leads = new Leads(none, new Coverage(new SharedTerms()), 0);
    assertThat(leads.on(QUESTION, List.of(), said("Ann Low"))).isFalse();
  }

  /** Leads that find the same passages for whatever is asked. */
  static Leads leads(double below, List<Hit> found) {
    return new Leads(retriever(_ -> found), new Coverage(new SharedTerms()), below);
  }

  private static Retriever retriever(Function<String, List<Hit>> found) {
    return new Retriever() {
      @Override
      public List<Hit> retrieve(String query, int topK) {
        return found.apply(query).stream().limit(topK).toList();
      }

      @Override
      public String digest() {
        return "index";
      }
    };
  }

  private static List<Candidate> said(String... texts) {
    return Stream.of(texts).map(text -> new Candidate(text, 1, -1)).toList();
  }

  private static Hit hit(String id, String title, String text) {
    return new Hit(new Passage(id, title, text), 1);
  }
}
