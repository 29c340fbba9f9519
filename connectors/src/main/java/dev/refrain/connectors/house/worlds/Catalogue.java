package dev.refrain.connectors.house.worlds;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * All types of subjects with their relations, from the resource files. A type inherits the
 * relations, pairs, fillers and decoys of the types it is one of. Thread-safe.
 */
final class Catalogue {
  private static final List<String> FILES =
      List.of("places.txt", "people.txt", "works.txt", "nature.txt", "society.txt");
  private static final List<String> PEOPLE_KINDS = List.of("person", "character");

  private final Map<String, Block> typeBlocks = new LinkedHashMap<>();
  private final Map<String, List<Block>> relationBlocks = new HashMap<>();
  private final Map<String, List<Block>> pairBlocks = new HashMap<>();
  private final Map<String, SubjectType> types = new LinkedHashMap<>();
  private final Set<String> vocabulary = new HashSet<>();
  private final Block generic;
  private final List<Wording> openers;

  Catalogue() {
    List<Block> common = Block.read("generic.txt");
    generic = common.getFirst();
    openers = Line.wordings(generic.all("before"));
    FILES.forEach(file -> Block.read(file).forEach(this::sort));
    common.forEach(this::learnWords);
    for (Map.Entry<String, Block> type : typeBlocks.entrySet()) {
      if (!type.getValue().all("called").isEmpty()) {
        types.put(type.getKey(), type(type.getKey(), type.getValue()));
      }
    }
  }

  private void sort(Block block) {
    learnWords(block);
    String[] words = block.heading().split("[ :+,]+", -1);
    switch (words[0]) {
      case "type" -> typeBlocks.put(words[1], block);
      case "relation" ->
          relationBlocks.computeIfAbsent(words[1], key -> new ArrayList<>()).add(block);
      case "both" -> pairBlocks.computeIfAbsent(words[1], key -> new ArrayList<>()).add(block);
      default ->
          throw new IllegalStateException(
              "'%s' begins with none of type, relation, both".formatted(block.heading()));
    }
  }

  private void learnWords(Block block) {
    for (List<String> texts : block.entries().values()) {
      for (String text : texts) {
        vocabulary.addAll(List.of(text.toLowerCase(Locale.ROOT).split("[^a-z]+", -1)));
      }
    }
  }

  private SubjectType type(String key, Block block) {
    List<String> called = block.split("called", "|");
    List<String> fillers = new ArrayList<>(generic.all("fill"));
    List<String> decoys = new ArrayList<>();
    List<Relation> relations = new ArrayList<>();
    List<SubjectType.Pair> pairs = new ArrayList<>();
    List<String> ancestry = ancestry(key);
    boolean person = ancestry.contains("human");
    for (String ancestor : ancestry) {
      Block own = typeBlocks.getOrDefault(ancestor, block);
      fillers.addAll(own.all("fill"));
      decoys.addAll(own.all("decoy"));
      relationBlocks
          .getOrDefault(ancestor, List.of())
          .forEach(relation -> relations.add(relation(relation, called.getFirst(), person)));
      pairBlocks.getOrDefault(ancestor, List.of()).forEach(pair -> pairs.add(pair(pair)));
    }
    return new SubjectType(
        key,
        person,
        called,
        Line.wordings(block.all("open")),
        Line.all(fillers),
        Line.wordings(decoys),
        List.copyOf(relations),
        List.copyOf(pairs));
  }

  /** The type and all it is one of, itself first. */
  private List<String> ancestry(String key) {
    List<String> ancestry = new ArrayList<>();
    ancestry.add(key);
    for (int i = 0; i < ancestry.size(); i++) {
      Block block = typeBlocks.get(ancestry.get(i));
      if (block == null) {
        throw new IllegalStateException("no type '%s'".formatted(ancestry.get(i)));
      }
      ancestry.addAll(block.split("is", ","));
    }
    return ancestry;
  }

  private static SubjectType.Pair pair(Block block) {
    String[] words = block.heading().split("[ :+,]+", -1);
    return new SubjectType.Pair(words[2], words[3], Line.wordings(block.all("s")));
  }

  private Relation relation(Block block, String called, boolean person) {
    String key = block.heading().split(" ", -1)[2];
    String kind = block.one("value", "");
    Generics generics =
        new Generics(
            String.join("|", block.split("noun", "|")),
            called,
            isPerson(kind),
            !block.one("tense", "present").equals("present"));
    boolean plain = block.one("generic", "yes").equals("yes");
    List<Line> inverse = Line.all(block.all("i"));
    return new Relation(
        key,
        block.one("group", key),
        kind,
        block.split("noun", "|"),
        forms(block, "s", plain, generics),
        forms(block, "q", plain, generics),
        plain ? generics.lines("odd") : List.of(),
        inverse.isEmpty() && plain && !person ? generics.lines("i") : inverse,
        Line.all(block.all("ref")),
        block.one("back", ""));
  }

  private static Forms forms(Block block, String key, boolean plain, Generics generics) {
    return new Forms(
        Line.all(block.all(key)),
        plain ? generics.lines(key) : List.of(),
        Line.all(block.all(key + "-")));
  }

  private boolean isPerson(String kind) {
    String first = Block.items(kind, "|").getFirst();
    Block type = typeBlocks.get(first);
    return PEOPLE_KINDS.contains(first) || (type != null && type.all("is").contains("human"));
  }

  /** All types that have articles, in the order of the resources. */
  List<SubjectType> types() {
    return List.copyOf(types.values());
  }

  /** Whether subjects of this kind have articles. */
  boolean has(String kind) {
    return types.containsKey(kind);
  }

  SubjectType get(String kind) {
    SubjectType type = types.get(kind);
    if (type == null) {
      throw new IllegalArgumentException("no type '%s'".formatted(kind));
    }
    return type;
  }

  /** Lower-case words of the resources. */
  Set<String> vocabulary() {
    return vocabulary;
  }

  /** What may stand before a whole sentence, such as "As far as we know, ". */
  List<Wording> openers() {
    return openers;
  }

  /** A relation that no one has heard of: "the drome of X is Y". */
  Relation invented(String noun, String kind, SubjectType type) {
    Generics generics = new Generics(noun, type.called().getFirst(), isPerson(kind), false);
    return new Relation(
        noun,
        noun,
        kind,
        List.of(noun),
        new Forms(List.of(), generics.lines("s"), generics.lines("s-")),
        new Forms(List.of(), generics.lines("q"), generics.lines("q-")),
        generics.lines("odd"),
        type.person() ? List.of() : generics.lines("i"),
        List.of(),
        "");
  }

  /** The generic block's lines for one noun. */
  private final class Generics {
    private final String noun;
    private final String called;
    private final boolean who;
    private final boolean past;

    Generics(String noun, String called, boolean who, boolean past) {
      this.noun = noun;
      this.called = called;
      this.who = who;
      this.past = past;
    }

    List<Line> lines(String key) {
      return Line.all(generic.all(key).stream().map(this::specific).toList());
    }

    private String specific(String text) {
      return text.replace("{n}", noun.indexOf('|') < 0 ? noun : "(" + noun + ")")
          .replace("{type}", called)
          .replace("{What}", who ? "Who" : "What")
          .replace("{what}", who ? "who" : "what")
          .replace("{is}", past ? "was" : "is");
    }
  }
}
