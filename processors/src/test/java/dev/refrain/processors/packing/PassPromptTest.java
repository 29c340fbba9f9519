package dev.refrain.processors.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.refrain.processors.packing.AnswerSettings.Form;
import dev.refrain.processors.packing.PackingSettings.Order;
import dev.refrain.processors.packing.PackingSettings.Overflow;
import dev.refrain.processors.question.Candidate;
import dev.refrain.processors.question.PendingQuestion;
import dev.refrain.processors.question.Question;
import dev.refrain.processors.question.Route;
import dev.refrain.processors.relevance.SharedTerms;
import dev.refrain.processors.retrieval.Hit;
import dev.refrain.processors.retrieval.Passage;
import dev.refrain.processors.work.AnswerSpans;
import dev.refrain.processors.work.GenerationSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PassPromptTest {
  private static final PendingQuestion PENDING = pending(" Which {text}? ");
  private static final PendingQuestion CHOOSING =
      PENDING.recurse(
          Route.TEXTUAL, List.of(new Candidate("red {x}", 2, -1), new Candidate("Vega", 1, -2)));

  @Test
  void letsAnAnswerBeWhateverItIsWhereItIsFree() {
    PassPrompt prompts = prompts(new AnswerSettings(Form.FREE, List.of("unknown")));

    assertThat(prompts.pack(PENDING).orElseThrow().spans()).isNull();
    assertThat(prompts.pack(CHOOSING).orElseThrow().spans()).isNull();
  }

  @Test
  void holdsAnAnswerToTitlesAndTextsOfPackedPassagesAndNotToItsOwnWords() {
    PackedContext packed =
        prompts(new AnswerSettings(Form.SPAN, List.of("unknown"))).pack(PENDING).orElseThrow();

    assertThat(packed.prompt())
        .isEqualTo(
            "Read {x}. {title: Mars, text: Mars is red.}\n{title: Lyra, text: Lyra has {title} Vega.}\n"
                + "Q: Which {text}?");
    assertThat(sources(packed))
        .containsExactly("Mars", "Mars is red.", "Lyra", "Lyra has {title} Vega.");
    assertThat(spans(packed).alternatives()).containsExactly("unknown");
  }

  @Test
  void holdsAChoiceToThePassagesAndTheCandidatesShown() {
    PackedContext packed =
        prompts(new AnswerSettings(Form.SPAN, List.of())).pack(CHOOSING).orElseThrow();

    assertThat(packed.prompt()).contains("- red {x} (2)\n- Vega (1)\n");
    assertThat(sources(packed))
        .containsExactly(
            "red {x}", "Vega", "Mars", "Mars is red.", "Lyra", "Lyra has {title} Vega.");
    assertThat(spans(packed).alternatives()).isEmpty();
  }

  @Test
  void leavesTheWordsOfTheQuestionOutOfANewSpan() {
    PassPrompt prompts = prompts(new AnswerSettings(Form.NEW_SPAN, List.of()));
    PendingQuestion asked = pending("Is Mars red?");

    assertThat(sources(prompts.pack(asked).orElseThrow()))
        .containsExactly("Lyra", "Lyra has {title} Vega.");
  }

  @Test
  void showsAFirstLookTheBestSentencesAndASecondWholePassages() {
    PassPrompt prompts = prompts(AnswerSettings.FREE, 1);
    PendingQuestion asked =
        pending("When was it seen?")
            .withHits(
                List.of(
                    new Hit(
                        new Passage("a", "Lyra", "It is far. It was seen in 1801. It is."), 8)));

    PackedContext first = prompts.pack(asked).orElseThrow();

    assertThat(first.prompt()).contains("text: It was seen in 1801.}");
    assertThat(first.hits()).isEqualTo(asked.context().hits());
    List<Candidate> candidates = List.of(new Candidate("1801", 1, -1));
    for (Route route : List.of(Route.TEXTUAL, Route.RE_RETRIEVE)) {
      assertThat(prompts.pack(asked.recurse(route, candidates)).orElseThrow().prompt())
          .contains("It is far. It was seen in 1801. It is.");
    }
    assertThat(prompts.pack(asked.recurse(Route.FOLLOW, candidates)))
        .as("the first look at what an answer led to")
        .contains(first);
  }

  @Test
  void takesMoreFromDecliningWhereMoreOfTheQuestionIsSaid() {
    PassPrompt prompts = prompts(new AnswerSettings(Form.SPAN, List.of("unknown"), -1, 6));

    assertThat(spans(prompts.pack(pending("Mars: red?")).orElseThrow()).penalty())
        .as("all of it")
        .isEqualTo(-1 + 6);
    assertThat(spans(prompts.pack(pending("Mars, hot?")).orElseThrow()).penalty())
        .as("half of it")
        .isEqualTo(-1 + 3);
    PendingQuestion unsaid = pending("Venus, hot?");
    assertThat(spans(prompts.pack(unsaid).orElseThrow()).penalty())
        .as("nothing, and no bonus for declining")
        .isZero();
    assertThat(spans(prompts.pack(unsaid.recurse(Route.FOLLOW, List.of())).orElseThrow()).penalty())
        .as("what was asked first was said where the answer came from")
        .isEqualTo(-1 + 6);
  }

  @Test
  void refusesABlankTextToDeclineWith() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AnswerSettings(Form.SPAN, List.of("unknown", " ")))
        .withMessageContaining("noAnswer is [unknown,  ]");
  }

  private static AnswerSpans spans(PackedContext packed) {
    AnswerSpans spans = packed.spans();
    if (spans == null) {
      throw new AssertionError("the answer is free");
    }
    return spans;
  }

  private static List<String> sources(PackedContext packed) {
    return spans(packed).sources().stream()
        .map(source -> packed.prompt().substring(source.start(), source.end()))
        .toList();
  }

  private static PendingQuestion pending(String question) {
    Instant deadline = Instant.EPOCH.plusSeconds(9);
    return PendingQuestion.of(
            new Question("q", question, "qa", Instant.EPOCH, deadline, Map.of()), null)
        .withHits(
            List.of(
                new Hit(new Passage("a", "Lyra", "Lyra has {title} Vega."), 8),
                new Hit(new Passage("b", "Mars", "Mars is red."), 6),
                new Hit(new Passage("c", "Long", "word ".repeat(90)), 5)));
  }

  private static PassPrompt prompts(AnswerSettings answer) {
    return prompts(answer, 0);
  }

  private static PassPrompt prompts(AnswerSettings answer, int firstPassSentences) {
    ContextPacker packer =
        new ContextPacker(
            new PackingSettings(
                Overflow.STOP,
                Order.BEST_LAST,
                9,
                new PromptTemplate("{title: {title}, text: {text}}\n")),
            prompt -> prompt.split("\\s+").length,
            60);
    return new PassPrompt(
        new ReadingSettings(
            new PromptTemplate("Read {x}. {context}Q: {question}"),
            new PromptTemplate("Choose {candidates} from {context} for {question}"),
            new PromptTemplate("- {text} ({count})\n"),
            2,
            firstPassSentences,
            0,
            new SharedTerms(),
            new GenerationSettings(8, 2, 1, 1, List.of("\n"), 0),
            answer),
        packer);
  }
}
