package dev.refrain.topology.serve;

import dev.refrain.processors.retrieval.IndexBuilder;
import dev.refrain.processors.retrieval.IndexSettings;
import dev.refrain.processors.retrieval.documents.BadLineHandler;
import dev.refrain.processors.retrieval.documents.Corpus;
import dev.refrain.topology.config.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A folder with a small corpus, its index, a model fixture and a configuration over them. */
public final class SmallWorld {
  private static final List<String> STARS =
      List.of("Vega", "Deneb", "Altair", "Sirius", "Rigel", "Antares", "Spica", "Capella");

  private final Path folder;

  private SmallWorld(Path folder) {
    this.folder = folder;
  }

  /** Makes the corpus and its index in a folder. */
  public static SmallWorld in(Path folder) throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < STARS.size(); i++) {
      String star = STARS.get(i);
      lines.add(
          "{\"id\":\"s%d\",\"title\":\"%s\",\"text\":\"%s is star number %d of this small sky.\"}"
              .formatted(i, star, star, i));
    }
    Path corpus = Files.write(folder.resolve("corpus.jsonl"), lines);
    new IndexBuilder(IndexSettings.DEFAULT, BadLineHandler.FAIL, progress -> {})
        .build(Corpus.at(corpus), folder.resolve("index"));
    return new SmallWorld(folder);
  }

  /** A question that one passage answers. */
  public String question(int number) {
    return "Which number has the star %s in question %d?"
        .formatted(STARS.get(number % STARS.size()), number);
  }

  /** The configuration, with {@code key=value} texts over it. */
  public Configuration configuration(String... sets) {
    return Configuration.load(Optional.empty(), settings(sets));
  }

  /** The same as {@code key=value} texts, for another process. */
  public List<String> settings(String... sets) {
    List<String> all = new ArrayList<>();
    all.add("broker.folder=" + folder.resolve("broker"));
    all.add("stream.stateFolder=" + folder.resolve("state"));
    all.add("retrieval.index=" + folder.resolve("index"));
    all.add("model.folder=" + tinyModel());
    all.add("topics.partitions=2");
    all.addAll(List.of(sets));
    return all;
  }

  private static Path tinyModel() {
    return Path.of("src/test/resources/dev/refrain/topology/serve/tiny-llama");
  }
}
