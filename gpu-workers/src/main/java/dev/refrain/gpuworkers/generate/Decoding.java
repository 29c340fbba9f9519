package dev.refrain.gpuworkers.generate;

import dev.refrain.gpuworkers.model.CausalLm;
import dev.refrain.gpuworkers.model.KvCache;
import dev.refrain.gpuworkers.model.TokenBatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way: its prompt once, in pieces, then its sequences together, a token a step.
 * Holds the native memory of its cache from {@link #start} until it is closed. Not thread-safe.
 */
final class Decoding implements AutoCloseable {
  private final CausalLm model;
  private final int[] prompt;
  private final int maxNewTokens;
  private final @Nullable Instant deadline;
  private final List<Continuation> sequences;
  private final List<Continuation> live;
  private final CompletableFuture<Generation> generation = new CompletableFuture<>();
  private @Nullable KvCache cache;
  private int read;
  private boolean begun;
  private boolean ended;
  private int inStep;
  private int asked;
  private double milliseconds;

  /** A request that waits. */
  Decoding(CausalLm model, int[] prompt, List<Continuation> sequences, GenerationRequest request) {
    this.model = model;
    this.prompt = prompt;
    this.maxNewTokens = request.sampling().maxNewTokens();
    this.deadline = request.deadline();
    this.sequences = List.copyOf(sequences);
    this.live = new ArrayList<>(sequences);
  }

  /** What comes of it; complete once it has ended. */
  CompletableFuture<Generation> generation() {
    return generation;
  }

  /** Whether nobody waits for it any more. */
  boolean abandoned() {
    return generation.isDone();
  }

  boolean expired(Instant now) {
    return deadline != null && !now.isBefore(deadline);
  }

  int sequences() {
    return sequences.size();
  }

  /** Most bytes of keys and values that it will hold. */
  long bytes() {
    return bytes(model, prompt.length, sequences.size(), maxNewTokens);
  }

  /** Most bytes of a request: the last of the new tokens is not run. */
  static long bytes(CausalLm model, int promptTokens, int sequences, int maxNewTokens) {
    if (sequences == 1 || maxNewTokens == 1) {
      return model.cacheBytes(1, promptTokens + maxNewTokens - 1);
    }
    return model.cacheBytes(1, promptTokens) + model.cacheBytes(sequences, maxNewTokens - 1);
  }

  /** Takes the memory for its prompt. */
  void start() {
    int own = sequences.size() == 1 ? maxNewTokens - 1 : 0;
    cache = model.newCache(1, prompt.length + own, prompt.length + maxNewTokens);
  }

  /** Tokens of its prompt that are not read yet. */
  int unread() {
    return prompt.length - read;
  }

  /** Adds the next tokens of its prompt to a step. */
  void read(TokenBatch batch, int tokens) {
    read += tokens;
    add(batch, Arrays.copyOfRange(prompt, read - tokens, read), unread() == 0);
  }

  /** Adds the last token of each unfinished sequence to a step. */
  void decode(TokenBatch batch) {
    add(batch, live.stream().mapToInt(Continuation::lastToken).toArray(), true);
  }

  private void add(TokenBatch batch, int[] tokens, boolean last) {
    if (cache == null) {
      throw new IllegalStateException("a request in a step has not been started");
    }
    batch.add(cache, tokens, last);
    inStep = tokens.length;
    asked = last ? cache.rows() : 0;
  }

  /** How many tokens it has in the step. */
  int inStep() {
    return inStep;
  }

  /** How many distributions it gets of the step. */
  int asked() {
    return asked;
  }

  /**
   * Takes what the step gave.
   *
   * @param distributions of all requests
   * @param first of its own
   * @param share its part of the step's time
   * @throws IllegalStateException if the model gave numbers that are not finite
   */
  void take(Distributions distributions, int first, double share) {
    milliseconds += share;
    inStep = 0;
    if (begun) {
      takeNext(distributions, first);
    } else if (asked > 0) {
      begun = true;
      takeFirst(distributions.get(first));
    }
  }

  private void takeFirst(NextToken next) {
    live.forEach(sequence -> sequence.advance(next));
    live.removeIf(Continuation::finished);
    if (cache != null && sequences.size() > 1 && !live.isEmpty()) {
      KvCache read = cache;
      cache = read.fork(live.size(), read.length() + maxNewTokens - 1);
      read.close();
    }
  }

  private void takeNext(Distributions distributions, int first) {
    for (int row = live.size() - 1; row >= 0; row--) {
      Continuation sequence = live.get(row);
      sequence.advance(distributions.get(first + row));
      if (sequence.finished()) {
        drop(row);
      }
    }
  }

  private void drop(int row) {
    if (live.size() > 1 && cache != null) {
      cache.drop(row);
    }
    Continuation last = live.removeLast();
    if (row < live.size()) {
      live.set(row, last);
    }
  }

  /** Whether all sequences have ended. */
  boolean finished() {
    return live.isEmpty();
  }

  /** Whether it holds nothing and takes nothing any more. */
  boolean ended() {
    return ended;
  }

  /** Ends with what there is. */
  void complete() {
    close();
    generation.complete(
        new Generation(
            prompt.length, sequences.stream().map(Continuation::sequence).toList(), milliseconds));
  }

  /** Ends without anything. */
  void fail(RuntimeException reason) {
    close();
    generation.completeExceptionally(reason);
  }

  @Override
  public void close() {
    ended = true;
    if (cache != null) {
      cache.close();
      cache = null;
    }
  }
}
