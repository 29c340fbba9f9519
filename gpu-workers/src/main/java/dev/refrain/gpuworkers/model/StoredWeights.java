package dev.refrain.gpuworkers.model;

import java.util.List;

/**
 * The weights of a folder as they are stored.
 *
 * @param parameters numbers that the model is made of; what it leaves unread is not counted
 * @param types element types as the files write them
 * @param bytes of the files
 */
public record StoredWeights(long parameters, List<String> types, long bytes) {
  public StoredWeights {
    types = List.copyOf(types);
  }
}
