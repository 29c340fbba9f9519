package dev.refrain.gpuworkers.pool;

import dev.refrain.schemas.avro.WorkRequest;
import dev.refrain.schemas.serde.TopicCodec;
import org.apache.kafka.clients.producer.Producer;

/**
 * What the threads of one worker share; all of it is safe for use by many threads.
 *
 * @param codec reads requests
 * @param writer words results
 */
record Workplace(
    WorkerSettings settings,
    WorkerSurroundings surroundings,
    PoolService service,
    Producer<byte[], byte[]> producer,
    Agenda agenda,
    Closing closing,
    TopicCodec<WorkRequest> codec,
    ResultWriter writer) {

  static Workplace of(
      WorkerSettings settings,
      WorkerSurroundings surroundings,
      PoolService service,
      Producer<byte[], byte[]> producer) {
    return new Workplace(
        settings,
        surroundings,
        service,
        producer,
        new Agenda(settings),
        new Closing(settings.grace(), surroundings.clock()),
        new TopicCodec<>(WorkRequest.getClassSchema(), surroundings.registry()),
        new ResultWriter(settings, surroundings));
  }
}
