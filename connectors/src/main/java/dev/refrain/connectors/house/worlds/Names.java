package dev.refrain.connectors.house.worlds;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Invents names: the sounds of {@code sounds.txt}, the shapes of {@code shapes.txt}, the common
 * words of {@code words.txt}. A name is real, and rejected, where it or one of its words is in
 * {@code banned.txt} or fails the caller's own predicate. Invented words fall into two halves by
 * their hash, one of them for training. Thread-safe.
 */
final class Names {
  private static final int TRIES = 2000;
  private static final double SHARED_PIECE = 0.22;
  private static final double REAL_FIRST_NAME = 0.6;
  private static final List<String> NUMERALS = List.of("I", "II", "III", "IV", "V", "VI", "VII");

  private final List<Sounds> sounds = Sounds.all();
  private final Map<String, List<Wording>> shapes = new HashMap<>();
  private final Words words;
  private final Set<String> vocabulary;
  private final Predicate<String> banned;
  private final boolean heldOut;

  /**
   * @param vocabulary lower-case words that no invented word may equal
   * @param banned whether a name or word is real, besides those of {@code banned.txt}
   * @param heldOut whether to invent the names that training never sees
   */
  Names(Words words, Set<String> vocabulary, Predicate<String> banned, boolean heldOut) {
    this.words = words;
    this.vocabulary = vocabulary;
    this.heldOut = heldOut;
    this.banned = banned.or(bannedByResource());
    for (Block block : Block.read("shapes.txt")) {
      block.entries().forEach((kind, lines) -> shapes.put(kind, weighted(lines)));
    }
  }

  /** Whether a name or word is one of the real ones in {@code banned.txt}, in any case. */
  static Predicate<String> bannedByResource() {
    Set<String> real = new HashSet<>();
    for (String line : Block.lines("banned.txt")) {
      for (String name : Block.items(line.substring(line.indexOf(':') + 1), ",")) {
        real.add(name.toLowerCase(Locale.ROOT));
      }
    }
    return name -> real.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Whether there are names of this kind. */
  boolean has(String kind) {
    return shapes.containsKey(kind);
  }

  private static List<Wording> weighted(List<String> lines) {
    List<Wording> shapes = new ArrayList<>();
    for (String line : lines) {
      for (String item : Block.items(line, "|")) {
        int blank = item.indexOf(' ');
        int weight = Integer.parseInt(item.substring(0, blank));
        for (int i = 0; i < weight; i++) {
          shapes.add(Wording.of(item.substring(blank + 1)));
        }
      }
    }
    return List.copyOf(shapes);
  }

  /** A new name of this kind, taken in the roster. */
  Name invent(String kind, Dice dice, Roster roster) {
    List<Wording> choices = shapes.get(kind);
    if (choices == null) {
      throw new IllegalArgumentException("no shape of name for '%s'".formatted(kind));
    }
    for (int i = 0; i < TRIES; i++) {
      Draft draft = new Draft(dice, roster, dice.pick(sounds));
      String full = dice.pick(choices).fill(draft::fill);
      boolean the = full.startsWith("the ");
      String bare = the ? full.substring(4) : full;
      boolean ours = draft.invented || heldOut(bare) == heldOut;
      if (ours && !isReal(bare) && roster.take(bare)) {
        roster.roots().addAll(draft.roots);
        return new Name(bare, the, draft.brief.isEmpty() ? bare : draft.brief, draft.female);
      }
    }
    throw new IllegalStateException("no free name for '%s' in %d tries".formatted(kind, TRIES));
  }

  /** An invented lower-case word, free of this exercise's other names. */
  String word(Dice dice, Roster roster) {
    for (int i = 0; i < TRIES; i++) {
      String word = invented(dice, dice.pick(sounds), List.of());
      if (!isReal(word) && roster.take(word)) {
        return word;
      }
    }
    throw new IllegalStateException("no free word in %d tries".formatted(TRIES));
  }

  /** Whether the name, or one of its words, is real. */
  boolean isReal(String name) {
    if (banned.test(name)) {
      return true;
    }
    for (String word : name.split("[ -]", -1)) {
      if (banned.test(word)) {
        return true;
      }
    }
    return false;
  }

  static boolean heldOut(String word) {
    int hash = word.toLowerCase(Locale.ROOT).hashCode() * 0x9E3779B1;
    return Math.floorMod(hash >>> 12, 8) == 0;
  }

  private String invented(Dice dice, Sounds language, List<String> endings) {
    for (int i = 0; i < TRIES; i++) {
      String word = language.word(dice, endings);
      if (word.length() >= 3
          && word.length() <= 12
          && heldOut(word) == heldOut
          && !vocabulary.contains(word)
          && !banned.test(English.capital(word))) {
        return word;
      }
    }
    throw new IllegalStateException("no new word in %d tries".formatted(TRIES));
  }

  /** One try at a name: fills the slots of a shape. */
  private final class Draft {
    private final Dice dice;
    private final Roster roster;
    private final Sounds language;
    private final boolean female;
    private final List<String> roots = new ArrayList<>();
    private String brief = "";
    private boolean invented;

    Draft(Dice dice, Roster roster, Sounds language) {
      this.dice = dice;
      this.roster = roster;
      this.language = language;
      female = dice.chance(0.45);
    }

    String fill(String slot) {
      return switch (slot) {
        case "{place" -> root(language.places());
        case "{sur" -> surname();
        case "{first" -> firstName();
        case "{word" -> lowercase();
        case "{initial" -> String.valueOf((char) ('A' + dice.below(23)));
        case "{roman" -> dice.pick(NUMERALS);
        default -> common(slot.substring(1));
      };
    }

    /** A common word; with a capital where its kind is written with one. */
    private String common(String kind) {
      String word = words.draw(kind.toLowerCase(Locale.ROOT), dice);
      return Character.isUpperCase(kind.charAt(0)) ? English.capital(word) : word;
    }

    private String root(List<String> endings) {
      invented = true;
      if (!roster.roots().isEmpty() && dice.chance(SHARED_PIECE)) {
        String shared = dice.pick(roster.roots());
        if (!roots.contains(shared)) {
          roots.add(shared);
          return shared;
        }
      }
      String root = English.capital(invented(dice, language, endings));
      roots.add(root);
      return root;
    }

    private String surname() {
      brief = root(language.surnames());
      return brief;
    }

    private String lowercase() {
      invented = true;
      return invented(dice, language, List.of());
    }

    private String firstName() {
      if (dice.chance(REAL_FIRST_NAME)) {
        return words.draw(female ? "woman" : "man", dice);
      }
      invented = true;
      return English.capital(invented(dice, language, List.of()));
    }
  }
}
