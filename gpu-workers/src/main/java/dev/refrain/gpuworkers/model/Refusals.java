package dev.refrain.gpuworkers.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects what a folder is refused for, where more than the first reason is wanted. */
final class Refusals {
  private final Map<String, UnusableModelException> byMessage = new LinkedHashMap<>();

  /** The result of an attempt; empty if it was refused. */
  <T> Optional<T> attempt(Supplier<T> attempt) {
    try {
      return Optional.of(attempt.get());
    } catch (UnusableModelException e) {
      add(e);
      return Optional.empty();
    }
  }

  /** Makes an attempt for the sake of its refusal. */
  void check(Runnable attempt) {
    try {
      attempt.run();
    } catch (UnusableModelException e) {
      add(e);
    }
  }

  /** Adds a reason, unless it was there. */
  void add(UnusableModelException refusal) {
    byMessage.putIfAbsent(refusal.getMessage(), refusal);
  }

  /** The reasons in the order in which they were found. */
  List<UnusableModelException> all() {
    return List.copyOf(byMessage.values());
  }
}
