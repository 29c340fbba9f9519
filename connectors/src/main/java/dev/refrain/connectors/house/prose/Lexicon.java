package dev.refrain.connectors.house.prose;

import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * What words can be: the closed classes of {@code lexicon.txt}, the forms of verbs, and whether a
 * word is a name, which the corpus tells. Immutable once the corpus is counted, thread-safe then.
 */
final class Lexicon {
  private static final Set<Tag> NONE = Collections.unmodifiableSet(EnumSet.noneOf(Tag.class));
  private static final Set<Tag> CLOSED =
      EnumSet.of(
          Tag.DETERMINER,
          Tag.POSSESSIVE,
          Tag.PREPOSITION,
          Tag.AUXILIARY,
          Tag.MODAL,
          Tag.PRONOUN,
          Tag.OBJECT,
          Tag.STRANGER,
          Tag.CONJUNCTION,
          Tag.SUBORDINATOR,
          Tag.NEGATION,
          Tag.ADVERB,
          Tag.NUMBER);

  private static final Set<String> NOUNS_IN_LY =
      Set.of(
          "family",
          "assembly",
          "monopoly",
          "early",
          "only",
          "daily",
          "weekly",
          "monthly",
          "yearly",
          "friendly",
          "elderly",
          "deadly",
          "likely",
          "lovely",
          "holy",
          "ugly",
          "supply",
          "reply",
          "butterfly",
          "anomaly",
          "homily");

  private final Verbs verbs = new Verbs();
  private final Map<String, Set<Tag>> tags = new HashMap<>();
  private final Map<String, Set<Tag>> known = new ConcurrentHashMap<>();
  private final Map<Set<Tag>, Set<Tag>> shared = new ConcurrentHashMap<>();
  private final WordCounts counts;

  Lexicon(WordCounts counts) {
    this.counts = counts;
    Map<String, Set<Tag>> drafts = new HashMap<>();
    BiConsumer<String, Tag> add =
        (word, tag) -> drafts.computeIfAbsent(word, w -> EnumSet.noneOf(Tag.class)).add(tag);
    for (String line : Resource.lines("lexicon.txt")) {
      int colon = line.indexOf(':');
      Tag tag = Tag.valueOf(line.substring(0, colon).toUpperCase(Locale.ROOT));
      for (String word : line.substring(colon + 1).trim().split(" +", -1)) {
        add.accept(word, tag);
      }
    }
    drafts.forEach((word, set) -> tags.put(word, Collections.unmodifiableSet(set)));
  }

  Verbs verbs() {
    return verbs;
  }

  /** Whether the word is one of a closed class: an article, a preposition, a pronoun. */
  boolean isClosed(String lower) {
    return tags.getOrDefault(lower, NONE).stream().anyMatch(CLOSED::contains);
  }

  boolean isGeneric(String lower) {
    return tags.getOrDefault(lower, NONE).contains(Tag.GENERIC);
  }

  /** Whether a word with a capital at the start of a sentence is a name. */
  boolean isName(String lower) {
    return !isClosed(lower) && !is(lower, Tag.MONTH) && !counts.isLowerCase(lower);
  }

  /** Whether the corpus has the word, and as a name. */
  boolean isKnownName(String lower) {
    return counts.isKnown(lower) && isName(lower);
  }

  /** Whether a word that stands in a name is a common one. */
  boolean isCommon(String lower) {
    return counts.isCommon(lower);
  }

  boolean is(String lower, Tag tag) {
    return tags.getOrDefault(lower, NONE).contains(tag);
  }

  /** All that a word can be, names and numbers in digits aside. */
  Set<Tag> tags(String lower) {
    return known.computeIfAbsent(lower, this::compute);
  }

  private Set<Tag> compute(String lower) {
    Set<Tag> closed = tags.getOrDefault(lower, NONE);
    if (isClosed(lower)) {
      return closed;
    }
    EnumSet<Tag> all = EnumSet.noneOf(Tag.class);
    all.addAll(closed);
    addIf(all, verbs.ofPast(lower) != null, Tag.PAST);
    addIf(all, verbs.ofThird(lower) != null, Tag.THIRD);
    addIf(all, verbs.ofBase(lower) != null, Tag.BASE);
    addIf(all, verbs.ofParticiple(lower) != null, Tag.PARTICIPLE);
    addIf(all, lower.endsWith("ing") && lower.length() > 4 && isIng(lower), Tag.ING);
    addIf(
        all,
        lower.endsWith("ly") && lower.length() > 4 && !NOUNS_IN_LY.contains(lower),
        Tag.ADVERB);
    addIf(all, counts.isNounlike(lower), Tag.NOUNLIKE);
    addIf(all, counts.isAdjective(lower), Tag.ADJECTIVE);
    return shared.computeIfAbsent(Collections.unmodifiableSet(all), set -> set);
  }

  private boolean isIng(String lower) {
    return verbs.ofIng(lower) != null || !counts.isNounlike(lower);
  }

  private static void addIf(Set<Tag> all, boolean condition, Tag tag) {
    if (condition) {
      all.add(tag);
    }
  }
}
