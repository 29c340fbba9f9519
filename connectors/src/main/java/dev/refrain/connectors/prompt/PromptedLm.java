package dev.refrain.connectors.prompt;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.refrain.gpuworkers.model.CausalLm;
import dev.refrain.gpuworkers.model.KvCache;
import dev.refrain.gpuworkers.model.TokenBatch;

/**
 * A frozen model behind a soft prompt, which is a causal language model again. The prompt's keys
 * and values are computed once, because nothing in them ever changes, and shared by all caches;
 * lengths and capacities of caches include its P positions. Holds native memory until it is closed;
 * the model itself is not closed. One thread at a time.
 */
public final class PromptedLm implements CausalLm, AutoCloseable {
  private final CausalLm model;
  private final int length;
  private final KvCache prefix;

  /**
   * @throws IllegalArgumentException if the prompt is of another width or leaves no context
   */
  public PromptedLm(CausalLm model, SoftPrompt prompt) {
    if (prompt.length() >= model.contextLength()) {
      throw new IllegalArgumentException(
          "a soft prompt of %d vectors leaves nothing of a context of %d"
              .formatted(prompt.length(), model.contextLength()));
    }
    this.model = model;
    this.length = prompt.length();
    this.prefix = model.newCache(1, length, length + 1);
    try (NDManager manager = model.newManager()) {
      NDArray vectors =
          manager.create(prompt.vectors(), new Shape(1, length, prompt.hiddenSize())); // [1, P, C]
      model.hiddenStates(vectors, prefix).close();
    }
  }

  @Override
  public int vocabularySize() {
    return model.vocabularySize();
  }

  /**
   * What the prompt leaves of the longest sequences that its keys and values hold for: of the
   * original context where the model turns those of longer sequences otherwise, as Phi-3 does.
   */
  @Override
  public int contextLength() {
    return prefix.longestFork() - length;
  }

  @Override
  public NDManager newManager() {
    return model.newManager();
  }

  @Override
  public KvCache newCache(int rows, int capacity, int longest) {
    if (capacity < 1 || capacity > contextLength() || longest > contextLength()) {
      throw new IllegalArgumentException(
          "capacity is %d and longest %d, must be in [1, %d]"
              .formatted(capacity, longest, contextLength()));
    }
    return prefix.fork(rows, length + capacity, length + longest);
  }

  @Override
  public long cacheBytes(int rows, int capacity) {
    return model.cacheBytes(rows, capacity);
  }

  @Override
  public NDArray embed(NDManager manager, int[][] tokenIds) {
    return model.embed(manager, tokenIds);
  }

  @Override
  public NDArray hiddenStates(NDArray embeddings, KvCache cache) {
    return model.hiddenStates(embeddings, cache);
  }

  @Override
  public NDArray step(NDManager manager, TokenBatch batch) {
    return model.step(manager, batch);
  }

  @Override
  public NDArray layerStates(NDArray embeddings, KvCache cache) {
    return model.layerStates(embeddings, cache);
  }

  @Override
  public NDArray logits(NDArray hiddenStates) {
    return model.logits(hiddenStates);
  }

  @Override
  public NDArray lastLogits(NDArray hiddenStates) {
    return model.lastLogits(hiddenStates);
  }

  @Override
  public void close() {
    prefix.close();
  }
}
