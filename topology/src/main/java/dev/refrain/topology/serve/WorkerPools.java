package dev.refrain.topology.serve;

import dev.refrain.connectors.rerank.IdentityReranker;
import dev.refrain.connectors.rerank.RerankService;
import dev.refrain.gpuworkers.pool.PoolService;
import dev.refrain.gpuworkers.pool.ShareGroupSettings;
import dev.refrain.gpuworkers.pool.ShareGroups;
import dev.refrain.gpuworkers.pool.Worker;
import dev.refrain.gpuworkers.pool.WorkerSettings;
import dev.refrain.gpuworkers.pool.WorkerSurroundings;
import dev.refrain.schemas.Topics;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.config.OpenAiConfig;
import dev.refrain.topology.config.PoolConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers of this process: those of the re-ranker's pool and those of the language model's,
 * each on its own thread. Closing releases what was not started. Safe for use by many threads.
 */
public final class WorkerPools implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerPools.class);

  private final Configuration configuration;
  private final Surroundings surroundings;
  private final List<KeptWorker> workers = new ArrayList<>();
  private final List<AutoCloseable> models = new ArrayList<>();

  private WorkerPools(Configuration configuration, Surroundings surroundings) {
    this.configuration = configuration;
    this.surroundings = surroundings;
  }

  /**
   * Starts the configured workers of some pools.
   *
   * @param pools names of the pools
   * @throws dev.refrain.gpuworkers.model.UnusableModelException if the model folder is of no use
   * @throws dev.refrain.gpuworkers.openai.EngineException if an engine elsewhere is away
   */
  public static WorkerPools start(
      Configuration configuration, Surroundings surroundings, List<String> pools) {
    WorkerPools started = new WorkerPools(configuration, surroundings);
    try {
      if (pools.contains(Topics.RERANK)) {
        started.start(
            Topics.RERANK,
            configuration.workers().rerank(),
            () ->
                new RerankService(
                    new IdentityReranker(),
                    configuration.rerank().kind().name(),
                    surroundings.clock()));
      }
      if (pools.contains(Topics.LM)) {
        started.start(Topics.LM, configuration.workers().lm(), started::loadModel);
      }
      return started;
    } catch (RuntimeException e) {
      started.close();
      throw e;
    }
  }

  /**
   * Starts workers on services of the caller's instead of the configured ones.
   *
   * @param service makes the service of each worker
   */
  public static WorkerPools with(
      Configuration configuration, Surroundings surroundings, Supplier<PoolService> service) {
    WorkerPools started = new WorkerPools(configuration, surroundings);
    started.start(Topics.RERANK, configuration.workers().rerank(), service);
    started.start(Topics.LM, configuration.workers().lm(), service);
    return started;
  }

  private void start(String pool, PoolConfig config, Supplier<PoolService> service) {
    if (config.count() == 0) {
      return;
    }
    String group = group(pool);
    try (Admin admin = Admin.create(new HashMap<>(surroundings.cluster().client()))) {
      ShareGroupSettings shared =
          configuration.kafka().embedded()
              ? ShareGroupSettings.embedded()
              : ShareGroupSettings.defaults();
      ShareGroups.configure(admin, group, shared.withLock(config.lockDuration()));
    }
    for (int i = 0; i < config.count(); i++) {
      String name =
          "%s-%d-%d".formatted(pool, ProcessHandle.current().pid(), i).toLowerCase(Locale.ROOT);
      PoolService served = service.get();
      WorkerSettings settings = settings(pool, group, name, config);
      workers.add(KeptWorker.start(name, () -> Worker.connect(settings, shared(), served)));
    }
  }

  /** The pool's share group; processes with one application id share the work. */
  private String group(String pool) {
    return configuration.stream().applicationId() + "-" + pool;
  }

  private WorkerSettings settings(String pool, String group, String name, PoolConfig config) {
    return new WorkerSettings(
        pool,
        group,
        name,
        config.maxInFlight(),
        Math.min(config.consumers(), config.maxInFlight()),
        config.maxDeliveries(),
        config.renewEvery(),
        config.grace(),
        surroundings.cluster().client());
  }

  private WorkerSurroundings shared() {
    return new WorkerSurroundings(
        configuration.topics().topics(),
        surroundings.registry(),
        surroundings.clock(),
        (event, amount) ->
            surroundings
                .meters()
                .counter("refrain.worker", "event", event.name())
                .increment((double) amount));
  }

  private PoolService loadModel() {
    OpenAiConfig elsewhere = configuration.workers().openai();
    return elsewhere.given()
        ? opened(RemoteLm.connect(elsewhere, configuration.model(), surroundings.clock()))
        : opened(
            LmService.load(configuration.model().forWorker(models.size()), surroundings.clock()));
  }

  private <T extends AutoCloseable> T opened(T model) {
    models.add(model);
    return model;
  }

  /** Number of workers. */
  public int size() {
    return workers.size();
  }

  @Override
  public void close() {
    List<Thread> closing =
        workers.stream().map(worker -> Thread.ofVirtual().start(worker::close)).toList();
    try {
      for (Thread thread : closing) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    models.forEach(WorkerPools::close);
  }

  private static void close(AutoCloseable model) {
    try {
      model.close();
    } catch (Exception e) {
      LOG.warn("A model did not close cleanly", e);
    }
  }
}
