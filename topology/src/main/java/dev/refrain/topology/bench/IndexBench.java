package dev.refrain.topology.bench;

import dev.refrain.processors.retrieval.BareIndexing;
import dev.refrain.processors.retrieval.IndexBuilder;
import dev.refrain.processors.retrieval.IndexSettings;
import dev.refrain.processors.retrieval.documents.BadLineHandler;
import dev.refrain.processors.retrieval.documents.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Building an index beside a bare Lucene loop over the same passages with as many threads. The two
 * sides take turns, the builder first: its first turn pays for what the JVM has yet to compile.
 *
 * @param corpus what is indexed
 * @param settings of both sides
 * @param onBadLine decides what becomes of lines that hold no document
 * @param rounds turns of both sides, 1 or more
 */
public record IndexBench(
    Corpus corpus, IndexSettings settings, BadLineHandler onBadLine, int rounds) {

  /** Checks the range. */
  public IndexBench {
    if (rounds < 1) {
      throw new IllegalArgumentException(rounds + " rounds; give at least 1.");
    }
  }

  /**
   * Runs both sides.
   *
   * @param scratch an empty folder, in which both indexes are left
   * @param progress told of each finished round
   * @throws IllegalStateException if the two sides do not index as many passages
   */
  public IndexResult run(Path scratch, Consumer<String> progress)
      throws IOException, InterruptedException {
    IndexBuilder builder = new IndexBuilder(settings, onBadLine, told -> {});
    BareIndexing bare = new BareIndexing(settings, onBadLine);
    Path built = Files.createDirectories(scratch.resolve("built"));
    Path plain = Files.createDirectories(scratch.resolve("bare"));
    List<IndexResult.Round> done = new ArrayList<>();
    PeakHeap heap = new PeakHeap();
    for (int round = 0; round < rounds; round++) {
      heap.reset();
      long start = System.nanoTime();
      long passages = builder.build(corpus, built).index().passages();
      double builderSeconds = (System.nanoTime() - start) / 1e9;
      long peak = heap.bytes();
      start = System.nanoTime();
      requireEqual(passages, bare.index(corpus, plain));
      double bareSeconds = (System.nanoTime() - start) / 1e9;
      done.add(new IndexResult.Round(passages, builderSeconds, bareSeconds, peak));
      progress.accept("%d of %d rounds".formatted(round + 1, rounds));
    }
    return new IndexResult(done, heap.limit());
  }

  private static void requireEqual(long built, long bare) {
    if (built != bare) {
      throw new IllegalStateException(
          "The builder indexed %d passages, the bare loop %d.".formatted(built, bare));
    }
  }
}
