package dev.refrain.gpuworkers.model;

import ai.djl.ndarray.NDArray;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keys and values of consecutive positions in all layers, [L, 2, B, K, capacity, D], which several
 * caches may share. Its memory is freed when the last of them is closed.
 */
final class KvSegment {
  private static final int CAPACITY = 4;

  private final NDArray tensor;
  private final ElementType type;
  private final AtomicInteger owners = new AtomicInteger(1);

  /**
   * A segment with one owner.
   *
   * @param type of the tensor's numbers, which the tensor itself cannot tell where it is BF16
   */
  KvSegment(NDArray tensor, ElementType type) {
    this.tensor = tensor;
    this.type = type;
  }

  NDArray tensor() {
    return tensor;
  }

  /** Places for positions, with those that hold none. */
  int places() {
    return (int) tensor.getShape().get(CAPACITY);
  }

  /** Bytes of its tensor. */
  long bytes() {
    return tensor.size() * type.bytes();
  }

  /** What its numbers are kept as. */
  ElementType type() {
    return type;
  }

  /** This segment with one owner more. */
  KvSegment shared() {
    owners.incrementAndGet();
    return this;
  }

  void release() {
    if (owners.decrementAndGet() == 0) {
      tensor.close();
    }
  }
}
