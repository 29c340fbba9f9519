package dev.refrain.gpuworkers.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class AgendaTest {
  private final WorkerSettings settings = WorkerSettings.of("lm", "tester", 4, Map.of());

  @Test
  void putsFreshJobsFirstAndSuspectsAlone() {
    List<Job> jobs = List.of(job(0, 2), job(1, 1), job(2, 3), job(3, 1), job(4, 2), job(5, 3));

    assertThat(offsets(new Agenda(jobs, settings)))
        .containsExactly(List.of(1L, 3L), List.of(0L), List.of(4L), List.of(5L), List.of(2L));
  }

  @Test
  void triesAgainOneByOneBeforeAnythingElse() {
    Agenda agenda = new Agenda(List.of(job(0, 1), job(1, 1), job(2, 2)), settings);
    agenda.retryOneByOne(agenda.next());

    assertThat(offsets(agenda)).containsExactly(List.of(0L), List.of(1L), List.of(2L));
  }

  /** A killer ends its worker; what the worker still held is delivered once more. */
  @Test
  void neverTakesANeighbourOfAKillerForPoison() {
    for (int killer = 0; killer < 4; killer++) {
      Map<Long, Integer> deliveries = new TreeMap<>(Map.of(0L, 1, 1L, 1, 2L, 1, 3L, 1));
      Set<Long> done = new TreeSet<>();
      while (deliveries.values().stream().anyMatch(count -> count <= settings.maxDeliveries())) {
        List<Job> jobs = new ArrayList<>();
        deliveries.forEach((offset, count) -> jobs.add(job(offset, count)));
        done.addAll(serveUntilKilled(new Agenda(jobs, settings), killer));
        deliveries.keySet().removeAll(done);
        deliveries.replaceAll((offset, count) -> count + 1);
      }
      assertThat(deliveries.keySet()).containsExactly((long) killer);
      assertThat(done).hasSize(3);
    }
  }

  private static List<Long> serveUntilKilled(Agenda agenda, long killer) {
    List<Long> done = new ArrayList<>();
    while (!agenda.isEmpty()) {
      List<Long> batch = offsets(agenda.next());
      if (batch.contains(killer)) {
        break;
      }
      done.addAll(batch);
    }
    return done;
  }

  private static List<List<Long>> offsets(Agenda agenda) {
    List<List<Long>> batches = new ArrayList<>();
    while (!agenda.isEmpty()) {
      batches.add(offsets(agenda.next()));
    }
    return batches;
  }

  private static List<Long> offsets(List<Job> jobs) {
    return jobs.stream().map(job -> job.delivery().record().offset()).toList();
  }

  private static Job job(long offset, int count) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            "qa.work.lm",
            0,
            offset,
            0,
            TimestampType.CREATE_TIME,
            0,
            0,
            new byte[0],
            new byte[0],
            new RecordHeaders(),
            Optional.empty(),
            Optional.of((short) count));
    return new Job(new Delivery(record), Requests.generate("q" + offset));
  }
}
