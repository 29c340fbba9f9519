package dev.refrain.connectors.house.worlds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.refrain.connectors.house.worlds.Subject.Fact;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WorldsTest {
  private static final Stage STAGE = new Stage(2, 4, 2, 5, 6);
  private static final Worlds TRAINING = new Worlds(3, Split.TRAINING);

  @Test
  void answersWithASpanOfAnArticleOrATitle() {
    exercises(TRAINING, 3000)
        .forEach(
            exercise -> {
              for (Asked asked : exercise.questions()) {
                if (asked.kind() == Kind.INVERSE) {
                  assertThat(exercise.articles())
                      .extracting(Article::title)
                      .contains(asked.answer());
                } else {
                  assertThat(exercise.articles())
                      .as(asked.toString())
                      .anyMatch(article -> article.text().contains(asked.answer()));
                  assertThat(asked.answer()).doesNotStartWith("the ");
                }
              }
            });
  }

  @Test
  void writesWholeSentencesAndFillsEverySlot() {
    exercises(TRAINING, 3000)
        .flatMap(exercise -> exercise.articles().stream())
        .forEach(
            article -> {
              assertThat(article.text()).matches("[A-Z0-9].*[.]").doesNotContain("{", "}", "  ");
              assertThat(article.text()).doesNotContainPattern("\\b[Aa] [aeio][a-z]|[Tt]he the ");
            });
  }

  @Test
  void asksInVainOnlyForWhatNoArticleTells() {
    drafts(TRAINING, 3000)
        .forEach(
            draft ->
                draft
                    .unanswered()
                    .forEach(
                        asked -> {
                          String name = asked.subject().name().full();
                          String group = asked.relation().group();
                          assertThat(asked.subject().tells(group)).as(name).isFalse();
                          assertThat(facts(draft)).noneMatch(f -> f.value().answer().equals(name));
                          boolean stranger = !draft.subjects().contains(asked.subject());
                          if (stranger) {
                            assertThat(draft.subjects())
                                .noneMatch(subject -> subject.name().full().equals(name));
                          }
                        }));
  }

  @Test
  void makesTheSameExerciseWhateverWasAskedBefore() {
    Worlds other = new Worlds(3, Split.TRAINING);
    List<Exercise> forwards = LongStream.range(0, 200).mapToObj(i -> of(TRAINING, i)).toList();
    List<Exercise> backwards =
        LongStream.range(0, 200).mapToObj(i -> of(other, 199 - i)).toList().reversed();

    assertThat(backwards).isEqualTo(forwards);
    assertThat(LongStream.range(0, 200).parallel().mapToObj(i -> of(other, i)).toList())
        .isEqualTo(forwards);
    assertThat(forwards).doesNotHaveDuplicates();
    assertThat(of(new Worlds(4, Split.TRAINING), 0)).isNotEqualTo(forwards.getFirst());
  }

  @Test
  void keepsTheHeldOutNamesOutOfTraining() {
    Set<String> training = names(TRAINING, 20_000);
    Set<String> heldOut = names(new Worlds(3, Split.HELD_OUT_NAMES), 2_000);

    assertThat(heldOut).hasSizeGreaterThan(2_000);
    heldOut.retainAll(training);
    assertThat(heldOut).isEmpty();
  }

  @Test
  void neverUsesARealName() {
    Predicate<String> real = Names.bannedByResource();
    assertThat(Stream.of("France", "Paris", "helium", "Mozart", "danube")).allMatch(real);
    for (String name : names(TRAINING, 5_000)) {
      assertThat(real).as(name).rejects(name);
      assertThat(real).as(name).rejects(name.split("[ -]", -1));
    }
  }

  @Test
  void leavesOutWhatTheCallerBans() {
    Predicate<String> banned =
        name -> name.toLowerCase(Locale.ROOT).matches("violin|glass|silent|emil|.*stan");
    Worlds worlds = new Worlds(3, Split.TRAINING, banned);

    drafts(worlds, 2_000)
        .forEach(
            draft -> {
              assertThat(facts(draft)).noneMatch(fact -> banned.test(fact.value().answer()));
              assertThat(draft.subjects())
                  .noneMatch(s -> Stream.of(s.name().full().split(" ", -1)).anyMatch(banned));
            });
  }

  @Test
  void tellsAndAsksOnlyInTheFormsOfItsSplit() {
    Worlds sentences = new Worlds(3, Split.HELD_OUT_SENTENCES);
    Worlds questions = new Worlds(3, Split.HELD_OUT_QUESTIONS);

    drafts(TRAINING, 1_000)
        .forEach(
            draft -> {
              assertThat(draft.sentences()).doesNotContainAnyElementsOf(heldOutSentences(draft));
              assertThat(draft.questions()).doesNotContainAnyElementsOf(heldOutQuestions(draft));
            });
    drafts(sentences, 1_000)
        .forEach(draft -> assertThat(heldOutSentences(draft)).containsAll(draft.sentences()));
    drafts(questions, 1_000)
        .forEach(draft -> assertThat(heldOutQuestions(draft)).containsAll(draft.questions()));
    assertThat(exercises(questions, 500).flatMap(e -> e.questions().stream()))
        .hasSizeGreaterThan(2_500)
        .noneMatch(asked -> asked.kind() == Kind.INVERSE);
  }

  @Test
  void mixesTheKindsOfQuestions() {
    List<Kind> kinds =
        exercises(TRAINING, 5_000)
            .flatMap(exercise -> exercise.questions().stream())
            .map(Asked::kind)
            .toList();

    assertThat(kinds).hasSizeGreaterThan(29_000);
    assertThat(share(Kind.DIRECT, kinds)).isCloseTo(0.45, within(0.05));
    assertThat(share(Kind.PARAPHRASED, kinds)).isCloseTo(0.20, within(0.04));
    assertThat(share(Kind.TWO_STEP, kinds)).isCloseTo(0.12, within(0.03));
    assertThat(share(Kind.INVERSE, kinds)).isCloseTo(0.08, within(0.02));
    assertThat(share(Kind.HALF_TOLD, kinds)).isCloseTo(0.04, within(0.03));
    assertThat(share(Kind.UNANSWERABLE, kinds)).isCloseTo(0.12, within(0.04));
  }

  @Test
  void givesMostFactsARivalInAnotherArticle() {
    long[] rivals = {0, 0};
    drafts(TRAINING, 2_000)
        .forEach(
            draft -> {
              for (Subject subject : draft.subjects()) {
                for (Fact fact : subject.facts()) {
                  rivals[0]++;
                  boolean rival =
                      draft.subjects().stream()
                          .filter(other -> !other.equals(subject))
                          .filter(other -> other.type().key().equals(subject.type().key()))
                          .anyMatch(other -> other.tells(fact.relation().group()));
                  rivals[1] += rival ? 1 : 0;
                }
              }
            });

    assertThat((double) rivals[1] / rivals[0]).isGreaterThan(0.5);
  }

  @Test
  void keepsToTheStage() {
    exercises(TRAINING, 500)
        .forEach(
            exercise -> {
              assertThat(exercise.articles()).hasSizeBetween(2, 4);
              assertThat(exercise.questions()).hasSizeLessThanOrEqualTo(6);
            });
    assertThatThrownBy(() -> new Stage(3, 2, 1, 2, 1))
        .hasMessage("articles are 3..2, must be an ascending range within 1..32");
    assertThatThrownBy(() -> new Stage(1, 2, 1, 9, 1))
        .hasMessage("facts are 1..9, must be an ascending range within 1..8");
    assertThatThrownBy(() -> new Stage(1, 2, 1, 2, 0))
        .hasMessage("questions is 0, must be at least 1");
  }

  private static double share(Kind kind, List<Kind> kinds) {
    return (double) Collections.frequency(kinds, kind) / kinds.size();
  }

  private static Exercise of(Worlds worlds, long number) {
    return worlds.exercise(number, STAGE);
  }

  private static Stream<Exercise> exercises(Worlds worlds, int count) {
    return LongStream.range(0, count).mapToObj(number -> of(worlds, number));
  }

  private static Stream<Worlds.Draft> drafts(Worlds worlds, int count) {
    return LongStream.range(0, count).mapToObj(number -> worlds.draft(number, STAGE));
  }

  private static List<Fact> facts(Worlds.Draft draft) {
    return draft.subjects().stream().flatMap(subject -> subject.facts().stream()).toList();
  }

  /** The names of subjects and values. */
  private static Set<String> names(Worlds worlds, int exercises) {
    Set<String> names = new HashSet<>();
    drafts(worlds, exercises)
        .forEach(
            draft -> {
              draft.subjects().forEach(subject -> names.add(subject.name().full()));
              for (Fact fact : facts(draft)) {
                Name name = fact.value().name();
                if (name != null) {
                  names.add(name.full());
                }
              }
            });
    return names;
  }

  private static Set<Wording> heldOutSentences(Worlds.Draft draft) {
    Set<Wording> forms = new HashSet<>();
    facts(draft).forEach(fact -> add(fact.relation().sentences(), forms));
    return forms;
  }

  private static Set<Wording> heldOutQuestions(Worlds.Draft draft) {
    Set<Wording> forms = new HashSet<>();
    facts(draft).forEach(fact -> add(fact.relation().questions(), forms));
    draft.unanswered().forEach(asked -> add(asked.relation().questions(), forms));
    return forms;
  }

  private static void add(Forms forms, Set<Wording> heldOut) {
    forms.heldOut().forEach(line -> heldOut.addAll(line.wordings()));
  }
}
