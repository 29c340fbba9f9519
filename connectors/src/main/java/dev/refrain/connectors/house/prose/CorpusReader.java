package dev.refrain.connectors.house.prose;

import dev.refrain.connectors.text.Articles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads the openings of a corpus's articles. For one corpus. */
final class CorpusReader {
  private static final int FEWEST_WORDS = 25;
  private static final int OPENING = 1_500;
  private static final Pattern PERSON =
      Pattern.compile("\\((born|\\d{4} ?[-–]|[^)]*\\d{4} ?[-–] )|\\b([Hh]e|[Ss]he|[Hh]is) ");

  private static final Set<String> NAMED_KINDS =
      Set.of(
          "movie",
          "film",
          "album",
          "song",
          "single",
          "band",
          "company",
          "game",
          "show",
          "series",
          "novel",
          "book",
          "magazine",
          "newspaper",
          "website",
          "singer",
          "musician",
          "footballer");

  private final Predicate<String> banned;
  private final WordCounts counts = new WordCounts();
  private final List<Opening> openings = new ArrayList<>();

  CorpusReader(Predicate<String> banned) {
    this.banned = banned;
  }

  private record Opening(String title, boolean bracketed, List<String> sentences) {}

  WordCounts counts() {
    return counts;
  }

  void read(Path corpus) throws IOException {
    Articles.read(corpus, this::add);
  }

  private void add(String title, String body) {
    String opening = body.length() > OPENING ? body.substring(0, OPENING) : body;
    List<String> sentences = Cleaning.sentences(opening);
    for (String sentence : sentences) {
      List<String> words = new ArrayList<>();
      for (Splitter.Piece piece : Splitter.pieces(sentence)) {
        words.add(piece.text());
      }
      counts.add(words);
    }
    String bare = Cleaning.title(title);
    if (!sentences.isEmpty() && Cleaning.isUsableTitle(bare)) {
      openings.add(new Opening(bare, title.contains("("), sentences));
    }
  }

  /** The passages, and what their titles name, once everything is read. */
  List<Passage> passages(Tagger tagger, Gazetteer gazetteer, Dice dice) {
    dice.shuffle(openings);
    List<Passage> passages = new ArrayList<>();
    for (Opening opening : openings) {
      List<Token> first = tagger.tag(opening.sentences.getFirst(), "");
      String kind = Kinds.of(first);
      boolean person = PERSON.matcher(String.join(" ", opening.sentences)).find();
      boolean living = person && isAbout(opening);
      if (!opening.bracketed) {
        gazetteer.add(opening.title, kind, living);
      }
      List<String> sentences = allowed(opening.sentences, tagger);
      boolean full =
          sentences.stream().mapToInt(s -> s.split(" ", -1).length).sum() >= FEWEST_WORDS;
      boolean starts =
          !sentences.isEmpty() && sentences.getFirst().equals(opening.sentences.getFirst());
      if (full && starts && sentences.size() >= 2) {
        passages.add(
            new Passage(
                opening.title,
                sentences,
                kind,
                living,
                living || isName(opening, kind, tagger.lexicon())));
      }
    }
    openings.clear();
    return passages;
  }

  /** Whether "he" or "she" stands for the title: a sentence begins so, or a life is given. */
  private static boolean isAbout(Opening opening) {
    String first = opening.sentences.getFirst();
    return first.matches(".*\\((born .*|[^)]*\\d{4} ?[-–].*)")
        || opening.sentences.stream().skip(1).anyMatch(s -> s.matches("(He|She|His|Her) .*"));
  }

  /** Whether the title is written with capitals within sentences. */
  private static boolean isName(Opening opening, String kind, Lexicon lexicon) {
    String first = opening.title.split(" ", -1)[0];
    boolean within = opening.sentences.stream().anyMatch(s -> s.indexOf(" " + first) > 0);
    return Cleaning.isProper(opening.title)
        || NAMED_KINDS.contains(kind)
        || lexicon.is(kind, Tag.PLACE)
        || (within && Character.isUpperCase(first.charAt(0)))
        || lexicon.isName(first.toLowerCase(Locale.ROOT));
  }

  private List<String> allowed(List<String> sentences, Tagger tagger) {
    return sentences.stream().filter(sentence -> isAllowed(tagger.tag(sentence, ""))).toList();
  }

  /** Whether none of these is banned but names, of which nothing will be left. */
  boolean isAllowed(List<Token> tokens) {
    return tokens.stream()
        .filter(token -> !token.is(Tag.NAME) || token.is(Tag.GENERIC))
        .noneMatch(token -> banned.test(token.lower()) || banned.test(token.text()));
  }
}
