package dev.refrain.gpuworkers.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.refrain.gpuworkers.engine.TorchProgram;
import dev.refrain.gpuworkers.model.TokenBatch.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;

/** The positions of one batch in the order in which the program runs them. Used once. */
final class DecoderStep {
  private final ModelConfig config;
  private final List<Part> parts;
  private final List<Integer> tiles;
  private final List<Part> asked;
  private final List<Integer> askedTiles;
  private final long[] ids;
  private final long[] places;
  private final IdentityHashMap<Part, Integer> firstEnds = new IdentityHashMap<>();

  DecoderStep(ModelConfig config, Tiling tiling, TokenBatch batch) {
    this.config = config;
    this.parts =
        batch.parts().stream()
            .sorted(Comparator.comparing((Part part) -> part.columns() == 1))
            .toList();
    this.tiles = tiling.tiles(sizes(false), sizes(true));
    this.asked = batch.parts().stream().filter(Part::last).toList();
    this.askedTiles = tiling.tiles(List.of(), asked.stream().map(Part::rows).toList());
    this.ids = new long[sum(tiles)];
    this.places = new long[ids.length];
  }

  private List<Integer> sizes(boolean single) {
    return parts.stream().filter(part -> (part.columns() == 1) == single).map(Part::size).toList();
  }

  /** Natural-log probabilities [M, V], on the processor. */
  NDArray run(TorchProgram program, NDManager owner) {
    List<NDArray> segments = new ArrayList<>();
    List<Integer> lengths = new ArrayList<>();
    List<Integer> groups = new ArrayList<>();
    int start = 0;
    for (Part part : parts) {
      DecoderKvCache cache = (DecoderKvCache) part.cache();
      fill(start, part, cache);
      start += part.size();
      cache.extend(part.columns());
      segments.addAll(cache.tensors());
      lengths.addAll(cache.lengths());
      groups.addAll(List.of(part.rows(), part.columns(), cache.lengths().size()));
    }
    try (NDManager call = owner.newSubManager()) {
      boolean away = program.device().cuda();
      NDArray next =
          program.tensor(
              away ? call : owner,
              "step",
              call.create(ids),
              call.create(places),
              longs(groups),
              segments,
              longs(lengths),
              longs(tiles),
              call.create(ends()),
              askedOfParts(),
              call.create(order()),
              asked.stream().mapToInt(Part::rows).sum(),
              longs(askedTiles));
      return away ? program.tensor(owner, "fetched", next) : next;
    }
  }

  private void fill(int start, Part part, DecoderKvCache cache) {
    for (int i = 0; i < part.size(); i++) {
      ids[start + i] = TokenRows.checked(part.token(i), config.vocabularySize());
      places[start + i] = cache.place(cache.length() + i % part.columns());
    }
  }

  /** Whether each part is asked; nothing where that is so of all positions. */
  private long[] askedOfParts() {
    boolean all = parts.stream().allMatch(part -> part.last() && part.columns() == 1);
    return all ? new long[0] : parts.stream().mapToLong(part -> part.last() ? 1 : 0).toArray();
  }

  /**
   * Where the last position of each sequence is that is asked, in the order of the parts, and
   * anything for padding.
   */
  private long[] ends() {
    long[] ends = new long[sum(askedTiles)];
    int start = 0;
    int next = 0;
    for (Part part : parts) {
      if (part.last()) {
        firstEnds.put(part, next);
        for (int row = 1; row <= part.rows(); row++) {
          ends[next++] = start + (long) row * part.columns() - 1;
        }
      }
      start += part.size();
    }
    return ends;
  }

  /** Where each sequence of the batch that is asked stands among those ends. */
  private long[] order() {
    long[] order = new long[sum(askedTiles)];
    int next = 0;
    for (Part part : asked) {
      for (int row = 0; row < part.rows(); row++) {
        order[next++] = (long) firstEnds.getOrDefault(part, 0) + row;
      }
    }
    return order;
  }

  private static int sum(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).sum();
  }

  private static long[] longs(List<Integer> numbers) {
    return numbers.stream().mapToLong(Integer::longValue).toArray();
  }
}
