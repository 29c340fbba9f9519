package dev.refrain.connectors.house.prose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** On the sentences and questions of {@code questions.txt}, written by hand. */
class QuestionerTest {
  private static final int DRAWS = 3_000;
  private static final Set<String> PERSONS = Set.of("painter", "composer");

  private static Tagger tagger;
  private static Questioner questioner;

  static List<String> cases() {
    return Resource.lines("questions.txt");
  }

  @BeforeAll
  static void count() throws IOException {
    CorpusReader reader = new CorpusReader(word -> false);
    reader.read(ProseExercisesTest.corpus());
    Lexicon lexicon = new Lexicon(reader.counts());
    tagger = new Tagger(lexicon);
    Gazetteer gazetteer = new Gazetteer(lexicon);
    reader.passages(tagger, gazetteer, new Dice(1));
    questioner = new Questioner(lexicon.verbs(), gazetteer);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void asksForThisAnswerInThisWay(String line) {
    List<String> fields = List.of(line.split(" \\| ", -1));
    Set<String> drafts = drafts(fields.get(0), fields.get(1), fields.get(2));

    if (fields.get(4).equals("-")) {
      assertThat(drafts).noneMatch(draft -> draft.startsWith(fields.get(3)));
    } else {
      assertThat(drafts).contains(fields.get(3) + " => " + fields.get(4));
    }
    if (fields.get(3).equals("-")) {
      assertThat(drafts).isEmpty();
    }
  }

  private static Set<String> drafts(String title, String kind, String sentence) {
    boolean named = !title.equals("Churn");
    Passage passage = new Passage(title, List.of(sentence), kind, PERSONS.contains(kind), named);
    List<Token> tokens = tagger.tag(sentence, passage.name());
    List<Token> lead =
        switch (title) {
          case "Sarn" -> tagger.tag("The Sarn is a river.", title);
          case "Churn" -> tagger.tag("A churn is a machine.", "");
          default -> tokens;
        };
    Topic topic = Topic.of(passage, tagger.tag(title, passage.name()), lead);
    Set<String> drafts = new TreeSet<>();
    Dice dice = new Dice(5);
    for (int i = 0; i < DRAWS; i++) {
      Draft draft = questioner.ask(topic, tokens, dice);
      if (draft != null) {
        drafts.add(draft.question() + " => " + draft.answer());
      }
    }
    return drafts;
  }
}
