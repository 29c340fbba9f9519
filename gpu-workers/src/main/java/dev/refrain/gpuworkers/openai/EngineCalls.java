package dev.refrain.gpuworkers.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.failsafe.Bulkhead;
import dev.failsafe.CircuitBreaker;
import dev.failsafe.CircuitBreakerOpenException;
import dev.failsafe.ExecutionContext;
import dev.failsafe.Failsafe;
import dev.failsafe.Policy;
import dev.failsafe.RetryPolicy;
import dev.failsafe.Timeout;
import dev.failsafe.TimeoutExceededException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls an engine with patience. A call that is turned away is repeated until its deadline, one
 * that fails as often as the settings allow; the waits between grow, differ by chance, and are no
 * shorter than the engine asks for. After several failures in a row the engine is left alone for a
 * while: calls wait meanwhile. What is refused is not repeated. Safe for use by many threads.
 */
final class EngineCalls implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EngineCalls.class);
  private static final double JITTER = 0.25;

  /** Deadlines end the wait for a free call. */
  private static final Duration NO_LIMIT = Duration.ofDays(1);

  private final EngineApi api;
  private final OpenAiSettings settings;
  private final InstantSource clock;
  private final Bulkhead<Completion> bulkhead;
  private final CircuitBreaker<Completion> breaker;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param api closed with this object
   * @param clock what deadlines are compared with
   */
  EngineCalls(EngineApi api, OpenAiSettings settings, InstantSource clock) {
    this.api = api;
    this.settings = settings;
    this.clock = clock;
    this.bulkhead =
        Bulkhead.<Completion>builder(settings.maxCalls()).withMaxWaitTime(NO_LIMIT).build();
    this.breaker =
        CircuitBreaker.<Completion>builder()
            .handle(EngineException.class)
            .withFailureThreshold(settings.openAfter())
            .withSuccessThreshold(1)
            .withDelay(OpenAiSettings.LONGEST_BACK_OFF)
            .onOpen(
                _ ->
                    log.warn(
                        "{} failed {} times in a row and is left alone for {}",
                        settings,
                        settings.openAfter(),
                        OpenAiSettings.LONGEST_BACK_OFF))
            .build();
  }

  /**
   * Asks for a completion.
   *
   * @param deadline null for none
   * @return the answer; or an {@link EngineException} if the engine failed too often or did not
   *     answer before the deadline, or an {@link IllegalArgumentException} if it refuses.
   *     Cancelled, the call ends
   */
  CompletableFuture<Completion> complete(ObjectNode body, @Nullable Instant deadline) {
    Call call = new Call(body, deadline);
    CompletableFuture<Completion> calling =
        Failsafe.with(policies(call)).with(threads).getAsync(call::attempt);
    CompletableFuture<Completion> completion =
        calling.exceptionallyCompose(
            failure -> CompletableFuture.failedFuture(call.explained(failure)));
    var unused = completion.whenComplete((_, _) -> calling.cancel(true));
    return completion;
  }

  private List<Policy<Completion>> policies(Call call) {
    Instant deadline = call.deadline;
    List<Policy<Completion>> policies = new ArrayList<>();
    if (deadline != null) {
      Duration left = Duration.between(clock.instant(), deadline);
      policies.add(
          Timeout.<Completion>builder(left.isPositive() ? left : Duration.ofNanos(1))
              .withInterrupt()
              .build());
    }
    policies.add(
        RetryPolicy.<Completion>builder()
            .handleIf(call::mayTryAgain)
            .withMaxRetries(-1)
            .withBackoff(settings.backOff(), OpenAiSettings.LONGEST_BACK_OFF)
            .withJitter(JITTER)
            .withDelayFnOn(EngineCalls::askedFor, EngineBusyException.AsksToWait.class)
            .build());
    policies.add(bulkhead);
    policies.add(breaker);
    return policies;
  }

  /** Long enough to be no less than asked for where chance takes a part of it away. */
  private static Duration askedFor(ExecutionContext<Completion> context) {
    EngineBusyException.AsksToWait asks = context.getLastException();
    return Duration.ofMillis((long) (asks.time().toMillis() / (1 - JITTER)));
  }

  @Override
  public void close() {
    threads.shutdownNow();
    api.close();
    threads.close();
  }

  /** One call and its attempts, of which one runs at a time. */
  private final class Call {
    private final ObjectNode body;
    private final @Nullable Instant deadline;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile @Nullable EngineException last;

    Call(ObjectNode body, @Nullable Instant deadline) {
      this.body = body;
      this.deadline = deadline;
    }

    Completion attempt() throws InterruptedException {
      try {
        return Completion.read(api.post("completions", body), body.path("n").asInt(1));
      } catch (EngineException e) {
        last = e;
        if (!(e instanceof EngineBusyException)) {
          failures.incrementAndGet();
        }
        throw e;
      }
    }

    boolean mayTryAgain(Throwable failure) {
      return switch (failure) {
        case CircuitBreakerOpenException _ -> true;
        case EngineBusyException.AsksToWait asks ->
            deadline == null || clock.instant().plus(asks.time()).isBefore(deadline);
        case EngineBusyException _ -> true;
        case EngineException _ -> failures.get() <= settings.retries();
        default -> false;
      };
    }

    Throwable explained(Throwable failure) {
      return failure instanceof TimeoutExceededException
          ? new EngineException(
              "%s gave no answer before the deadline of %s%s"
                  .formatted(settings, deadline, last == null ? "" : "; at last: " + last))
          : failure;
    }
  }
}
