package dev.refrain.connectors.house.prose;

import dev.refrain.connectors.house.worlds.Asked;
import dev.refrain.connectors.house.worlds.Exercise;
import dev.refrain.connectors.house.worlds.Kind;
import dev.refrain.connectors.house.worlds.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Makes exercises of what people asked: the question, and the passage that is taken to answer it
 * among others. Immutable, thread-safe.
 *
 * @param supervised questions with their sentences, at least one
 * @param library where the other passages come from
 * @param reteller tells the passages
 * @param maker asks a few other questions after it
 */
record AskedExercises(
    List<Supervised> supervised, Library library, Reteller reteller, ExerciseMaker maker) {
  /** Share of the questions whose sentence is left out, where the rest does not hold the answer. */
  private static final double LEFT_OUT = 0.15;

  /** Share of the questions typed in small letters that stay so. */
  private static final double AS_TYPED = 0.5;

  private static final int MOST_OTHERS = 3;

  AskedExercises {
    supervised = List.copyOf(supervised);
  }

  Exercise make(Stage stage, Dice dice) {
    Supervised one = dice.pick(supervised);
    Disguise disguise = reteller.disguise(dice);
    boolean told = one.sentence() == 0 || !dice.chance(LEFT_OUT);
    int articles = dice.between(stage.minArticles(), stage.maxArticles());
    List<Told> all = new ArrayList<>();
    for (Passage passage : library.around(one.passage(), articles, dice)) {
      int facts = dice.between(stage.minFacts(), stage.maxFacts());
      boolean asked = passage.equals(one.passage());
      Emphasis emphasis = asked ? new Emphasis(one.sentence(), told) : Emphasis.NONE;
      all.add(reteller.tell(passage, facts, emphasis, disguise, dice));
    }
    String answer = answer(one, disguise);
    boolean holds = all.stream().anyMatch(article -> article.tells(answer));
    String question = question(one, disguise, dice);
    List<Asked> questions = new ArrayList<>();
    questions.add(
        holds
            ? new Asked(question, answer, Kind.PARAPHRASED)
            : new Asked(question, "", Kind.UNANSWERABLE));
    questions.addAll(maker.ask(all, dice.between(0, MOST_OTHERS), disguise, dice));
    return new Exercise(all.stream().map(Told::article).toList(), questions);
  }

  private String answer(Supervised one, Disguise disguise) {
    Passage passage = one.passage();
    String sentence = passage.sentences().get(one.sentence());
    List<Token> tokens = disguise.disguise(reteller.tag(passage, sentence));
    return Token.join(tokens.subList(one.from(), one.to()));
  }

  private static String question(Supervised one, Disguise disguise, Dice dice) {
    String question = Token.join(disguise.disguise(one.words()));
    return one.lower() && dice.chance(AS_TYPED)
        ? question.toLowerCase(Locale.ROOT)
        : Wording.capital(question) + "?";
  }
}
