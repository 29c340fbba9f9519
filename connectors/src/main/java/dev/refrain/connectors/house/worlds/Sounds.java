package dev.refrain.connectors.house.worlds;

import java.util.List;

/**
 * How the words of one invented language sound.
 *
 * @param onsets what a syllable may begin with, an empty one included
 * @param vowels what a syllable turns on
 * @param codas what a syllable may end with, an empty one included
 * @param places endings of places
 * @param surnames endings of surnames
 */
record Sounds(
    List<String> onsets,
    List<String> vowels,
    List<String> codas,
    List<String> places,
    List<String> surnames) {

  /** All languages of the resource {@code sounds.txt}, one line each. */
  static List<Sounds> all() {
    return Block.lines("sounds.txt").stream()
        .filter(line -> !line.isBlank())
        .map(line -> Block.items(line.substring(line.indexOf(':') + 1), "/"))
        .map(
            fields ->
                new Sounds(
                    letters(fields.get(0)),
                    letters(fields.get(1)),
                    letters(fields.get(2)),
                    letters(fields.get(3)),
                    letters(fields.get(4))))
        .toList();
  }

  /** The parts of a field, cut at blanks; {@code -} is the empty one. */
  private static List<String> letters(String field) {
    return Block.items(field, " ").stream().map(part -> part.replace("-", "")).toList();
  }

  /** A word of one to three syllables and, often, an ending. */
  String word(Dice dice, List<String> endings) {
    StringBuilder word = new StringBuilder();
    boolean ended = !endings.isEmpty() && dice.chance(0.6);
    int syllables = ended ? dice.between(1, 2) : dice.between(1, 3);
    for (int i = 0; i < syllables; i++) {
      word.append(dice.pick(onsets)).append(dice.pick(vowels));
      if (i == syllables - 1 || dice.chance(0.4)) {
        word.append(dice.pick(codas));
      }
    }
    if (ended) {
      word.append(dice.pick(endings));
    }
    return word.toString();
  }
}
