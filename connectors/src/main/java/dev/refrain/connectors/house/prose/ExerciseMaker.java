package dev.refrain.connectors.house.prose;

import dev.refrain.connectors.house.worlds.Article;
import dev.refrain.connectors.house.worlds.Asked;
import dev.refrain.connectors.house.worlds.Exercise;
import dev.refrain.connectors.house.worlds.Kind;
import dev.refrain.connectors.house.worlds.Stage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes an exercise of a few passages. Immutable, thread-safe. */
final class ExerciseMaker {
  private static final double SIMILAR = 0.6;
  private static final double UNANSWERABLE = 0.08;
  private static final double INVERSE = 0.3;
  private static final double HIDDEN_WORD = 0.5;
  private static final double LEFT_OUT = 0.4;
  private static final double STRANGER = 0.3;
  private static final int TRIES = 25;

  private final Library library;
  private final Tagger tagger;
  private final NamePool pool;
  private final Questioner questioner;

  ExerciseMaker(Library library, Tagger tagger, NamePool pool, Questioner questioner) {
    this.library = library;
    this.tagger = tagger;
    this.pool = pool;
    this.questioner = questioner;
  }

  int articles() {
    return library.passages().size();
  }

  Exercise make(Stage stage, Dice dice) {
    Disguise disguise = new Disguise(pool, tagger.lexicon(), dice);
    List<Told> told = new ArrayList<>();
    for (Passage passage : choose(stage, dice)) {
      told.add(tell(passage, dice.between(stage.minFacts(), stage.maxFacts()), disguise, dice));
    }
    List<Article> articles = told.stream().map(Told::article).toList();
    List<Asked> questions = new ArrayList<>();
    Set<String> asked = new HashSet<>();
    for (int i = 0; i < stage.questions(); i++) {
      boolean unanswerable = dice.chance(UNANSWERABLE);
      for (int tries = 0; tries < TRIES; tries++) {
        Asked question = unanswerable ? unanswerable(told, disguise, dice) : answerable(told, dice);
        if (question != null && asked.add(question.question()) && isNew(question, asked)) {
          questions.add(question);
          break;
        }
      }
    }
    return new Exercise(articles, questions);
  }

  private static boolean isNew(Asked question, Set<String> asked) {
    return question.kind() == Kind.UNANSWERABLE || asked.add("=" + question.answer());
  }

  private List<Passage> choose(Stage stage, Dice dice) {
    int articles = dice.between(stage.minArticles(), stage.maxArticles());
    List<Passage> chosen = new ArrayList<>();
    chosen.add(library.any(dice));
    for (int tries = 0; chosen.size() < articles && tries < 4 * articles; tries++) {
      Passage next =
          dice.chance(SIMILAR) ? library.like(dice.pick(chosen), dice) : library.any(dice);
      if (chosen.stream().noneMatch(passage -> passage.title().equals(next.title()))) {
        chosen.add(next);
      }
    }
    dice.shuffle(chosen);
    return chosen;
  }

  private Told tell(Passage passage, int facts, Disguise disguise, Dice dice) {
    List<Token> title = tag(passage, passage.title());
    List<Token> lead = tag(passage, passage.sentences().getFirst());
    boolean common = title.size() == 1 && !passage.named();
    if (common && dice.chance(HIDDEN_WORD)) {
      disguise.hide(title.getFirst().lower());
    }
    List<List<Token>> kept = new ArrayList<>();
    List<List<Token>> left = new ArrayList<>();
    int n = passage.sentences().size();
    boolean before = true;
    for (int i = 0; i < n; i++) {
      List<Token> tokens =
          disguise.disguise(i == 0 ? lead : tag(passage, passage.sentences().get(i)));
      boolean orphan = !before && isOrphan(tokens.getFirst());
      boolean keep = i == 0 || (!orphan && dice.below(n - i) < facts - kept.size());
      (keep ? kept : left).add(tokens);
      before = keep;
    }
    Topic topic = Topic.of(passage, disguise.disguise(title), kept.getFirst());
    return new Told(topic, kept, left);
  }

  /** A common title is no name at the start of a sentence either, nor is its plural. */
  private List<Token> tag(Passage passage, String sentence) {
    List<Token> tokens = tagger.tag(sentence, passage.name());
    Token first = tokens.getFirst();
    String word = passage.title().toLowerCase(Locale.ROOT);
    int blank = word.indexOf(' ');
    boolean common = first.lower().startsWith(blank < 0 ? word : word.substring(0, blank));
    if (common && !passage.named()) {
      tokens.set(0, first.tagged(tagger.lexicon().tags(first.lower())));
    }
    return tokens;
  }

  private static boolean isOrphan(Token first) {
    return Set.of(
            "this", "these", "they", "that", "those", "then", "there", "however", "both", "other")
        .contains(first.lower());
  }

  /** An article with what was left out of it. */
  private record Told(Topic topic, List<List<Token>> kept, List<List<Token>> left) {
    Article article() {
      StringBuilder text = new StringBuilder();
      for (List<Token> sentence : kept) {
        text.append(text.isEmpty() ? "" : " ").append(Wording.capital(Token.join(sentence)));
      }
      return new Article(Wording.capital(Token.join(topic.title())), text.toString());
    }

    boolean tells(Set<String> stems) {
      return kept.stream()
          .flatMap(List::stream)
          .anyMatch(token -> stems.stream().anyMatch(stem -> isForm(token.lower(), stem)));
    }

    private static boolean isForm(String word, String stem) {
      int same = Math.max(3, stem.length() - 2);
      return word.equals(stem)
          || (stem.length() >= 3
              && word.startsWith(stem.substring(0, Math.min(same, stem.length()))));
    }
  }

  private @Nullable Asked answerable(List<Told> told, Dice dice) {
    Told one = dice.pick(told);
    Draft draft = questioner.ask(one.topic(), dice.pick(one.kept()), dice);
    if (draft == null || (draft.kind() == Kind.INVERSE && !dice.chance(INVERSE))) {
      return null;
    }
    boolean inverse = draft.kind() == Kind.INVERSE;
    boolean clear = draft.titled() || isOnlyIn(draft.question(), one, told);
    String answer = inverse ? one.article().title() : draft.answer();
    boolean found = inverse || one.article().text().contains(answer);
    return clear && found ? new Asked(draft.question(), answer, draft.kind()) : null;
  }

  /** Whether a capitalised word or number of the question occurs in no other article. */
  private static boolean isOnlyIn(String question, Told one, List<Told> told) {
    String[] words = question.substring(0, question.length() - 1).split(" ", -1);
    for (int i = 1; i < words.length; i++) {
      char first = words[i].charAt(0);
      String word = words[i];
      boolean name = Character.isUpperCase(first) || Character.isDigit(first);
      boolean ours = one.article().text().contains(word);
      if (name
          && ours
          && told.stream()
              .filter(other -> !other.equals(one))
              .noneMatch(other -> other.article().text().contains(word))) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Asked unanswerable(List<Told> told, Disguise disguise, Dice dice) {
    Told target = dice.pick(told);
    if (dice.chance(LEFT_OUT) && !target.left().isEmpty()) {
      return silent(target, questioner.ask(target.topic(), dice.pick(target.left()), dice));
    }
    Passage other = library.like(target.topic().passage(), dice);
    boolean known = told.stream().anyMatch(t -> t.topic().passage().equals(other));
    if (known || other.person() != target.topic().passage().person()) {
      return null;
    }
    List<Token> sentence = disguise.disguise(tag(other, dice.pick(other.sentences())));
    List<Token> title = disguise.disguise(tag(other, other.title()));
    if (dice.chance(STRANGER)) {
      return of(questioner.ask(Topic.of(other, title, sentence), sentence, dice));
    }
    Topic guise = new Topic(other, title, target.topic().mention());
    return silent(target, questioner.ask(guise, sentence, dice));
  }

  /** Unless the article tells something of the kind. */
  private static @Nullable Asked silent(Told target, @Nullable Draft draft) {
    boolean tells =
        draft == null
            || draft.stems().isEmpty()
            || target.tells(draft.stems())
            || target
                .article()
                .text()
                .toLowerCase(Locale.ROOT)
                .contains(draft.answer().toLowerCase(Locale.ROOT));
    return tells ? null : of(draft);
  }

  private static @Nullable Asked of(@Nullable Draft draft) {
    return draft == null || draft.kind() == Kind.INVERSE || !draft.titled()
        ? null
        : new Asked(draft.question(), "", Kind.UNANSWERABLE);
  }
}
