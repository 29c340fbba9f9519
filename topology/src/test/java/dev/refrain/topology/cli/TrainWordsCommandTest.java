package dev.refrain.topology.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.connectors.words.WordVectors;
import dev.refrain.topology.quickstart.AlmanacNames;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainWordsCommandTest {
  /** A mountain of the almanac, which no file of word vectors may know. */
  private static final String NAME = "everest";

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void trainsOnACorpusAndLeavesTheAlmanacsNamesOut() throws IOException {
    assertThat(AlmanacNames.read().test(NAME)).isTrue();
    Path vectors = folder.resolve("words.safetensors");

    int code = train("--out", vectors.toString(), "--size", "8", "--epochs", "1", "--seed", "3");

    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString()).isEqualTo("The word vectors are " + vectors + ".\n");
    WordVectors read = WordVectors.read(vectors);
    assertThat(read.knows("climbers")).isTrue();
    assertThat(read.knows(NAME)).isFalse();
  }

  @Test
  void refusesWhatCannotBeTrained() throws IOException {
    assertThat(run("train", "words", "--out", "w")).isEqualTo(2);
    assertThat(err.toString()).contains("Missing required option: '--corpus=FILE'");
    String none = folder.resolve("none.jsonl").toString();
    assertThat(run("train", "words", "--out", "w", "--corpus", none)).isEqualTo(1);
    assertThat(err.toString()).contains("error: " + none + " does not exist: check the path.");
    assertThat(train("--out", folder.resolve("w").toString(), "--size", "1")).isEqualTo(1);
    assertThat(err.toString()).contains("error: size is 1, must be in [2, 1024]");
    assertThat(train("--out", folder.toString())).isEqualTo(1);
    assertThat(err.toString()).contains(folder + " is a folder; name a file in it");
    assertThat(folder.resolve("w")).doesNotExist();
  }

  private int train(String... flags) throws IOException {
    String text = "Some climbers saw everest from below. ".repeat(30);
    Path corpus = folder.resolve("corpus.jsonl");
    Files.writeString(corpus, "{\"title\": \"T\", \"text\": \"%s\"}%n".formatted(text));
    List<String> args = new ArrayList<>(List.of("train", "words", "--corpus", corpus.toString()));
    args.addAll(List.of(flags));
    return run(args.toArray(String[]::new));
  }

  private int run(String... args) {
    return Refrain.run(new PrintWriter(out), new PrintWriter(err), args);
  }
}
