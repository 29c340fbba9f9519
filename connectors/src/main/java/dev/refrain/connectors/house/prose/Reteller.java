package dev.refrain.connectors.house.prose;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tells a passage anew, in disguise and with some of its sentences. Immutable, thread-safe. */
final class Reteller {
  private static final double HIDDEN_WORD = 0.5;

  private final Tagger tagger;
  private final NamePool pool;

  Reteller(Tagger tagger, NamePool pool) {
    this.tagger = tagger;
    this.pool = pool;
  }

  /** The disguise of one exercise. */
  Disguise disguise(Dice dice) {
    return new Disguise(pool, tagger.lexicon(), dice);
  }

  /**
   * Tells a passage.
   *
   * @param facts most sentences, unless the emphasised one comes on top; 1 or more
   */
  Told tell(Passage passage, int facts, Emphasis emphasis, Disguise disguise, Dice dice) {
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
      boolean keep =
          i == 0
              || (i == emphasis.sentence()
                  ? emphasis.told()
                  : !orphan && dice.below(n - i) < facts - kept.size());
      (keep ? kept : left).add(tokens);
      before = keep;
    }
    Topic topic = Topic.of(passage, disguise.disguise(title), kept.getFirst());
    return new Told(topic, kept, left);
  }

  /** A common title is no name at the start of a sentence either, nor is its plural. */
  List<Token> tag(Passage passage, String sentence) {
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
}
