package dev.refrain.topology.prompts;

import dev.refrain.topology.config.ModelConfig;
import dev.refrain.topology.serve.LmService;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;

/**
 * Several readers, each with a copy of the model, at work at once. What they say does not depend on
 * their number. Holds native memory until it is closed. One thread at a time.
 */
final class ReaderPool implements AutoCloseable {
  private final List<LmService> models = new ArrayList<>();
  private final Queue<Reader> idle = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads;

  /**
   * Loads the copies.
   *
   * @param model folder, soft prompts and threads of each
   * @param size readers, 1 or more
   */
  ReaderPool(ModelConfig model, PassPrompts prompts, int size) {
    threads = Executors.newFixedThreadPool(size);
    try {
      for (int i = 0; i < size; i++) {
        models.add(LmService.load(model, Clock.fixed(PassPrompts.NOW, ZoneOffset.UTC)));
        idle.add(new Reader(prompts, models.getLast()));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** What a reader has to do at a place. */
  @FunctionalInterface
  interface Work<T> {
    T at(long place, Reader reader);
  }

  /**
   * Does the work of all places.
   *
   * @return the results in the order of their places
   */
  <T> List<T> map(long from, long to, Work<T> work) {
    List<CompletableFuture<T>> running =
        LongStream.range(from, to)
            .mapToObj(place -> CompletableFuture.supplyAsync(() -> one(place, work), threads))
            .toList();
    return running.stream().map(CompletableFuture::join).toList();
  }

  private <T> T one(long place, Work<T> work) {
    Reader reader = idle.remove();
    try {
      return work.at(place, reader);
    } finally {
      idle.add(reader);
    }
  }

  @Override
  public void close() {
    threads.close();
    models.forEach(LmService::close);
  }
}
