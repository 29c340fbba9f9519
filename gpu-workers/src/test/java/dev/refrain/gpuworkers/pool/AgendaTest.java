package dev.refrain.gpuworkers.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
  private static final Duration AT_ONCE = Duration.ZERO;

  private final WorkerSettings settings = WorkerSettings.of("lm", "tester", 4, Map.of());
  private final Agenda agenda = new Agenda(settings);
  private final List<Long> turns = new ArrayList<>();

  @Test
  void servesFreshWorkTogetherAndSuspectsAloneAfterIt() {
    assertThat(agenda.enter(AT_ONCE)).isTrue();
    assertThat(agenda.enter(AT_ONCE)).isTrue();
    serveAlone(job(0, 2));
    serveAlone(job(1, 2));
    agenda.leave();
    assertThat(turns).isEmpty();

    agenda.leave();
    assertThat(turns).containsExactly(0L);

    agenda.done();
    assertThat(turns).containsExactly(0L, 1L);
  }

  @Test
  void takesNothingNewWhileSuspectsWaitOrRun() {
    agenda.enter(AT_ONCE);
    serveAlone(job(0, 2));
    assertThat(agenda.enter(AT_ONCE)).isFalse();

    agenda.leave();
    assertThat(agenda.enter(AT_ONCE)).isFalse();

    agenda.done();
    assertThat(agenda.enter(AT_ONCE)).isTrue();
  }

  @Test
  void takesSuspectsBackWhoseTurnHasNotCome() {
    Job first = job(0, 2);
    Job second = job(1, 2);
    serveAlone(first);
    serveAlone(second);

    assertThat(agenda.withdraw(List.of(first, second))).containsExactly(second);
    agenda.done();
    assertThat(agenda.enter(AT_ONCE)).isTrue();
  }

  @Test
  void servesThoseDeliveredMostOftenFirstAndTurnsTheOrderOfTheRestEachTime() {
    assertThat(order(job(0, 2), job(1, 3), job(2, 2), job(3, 3))).containsExactly(3L, 1L, 0L, 2L);
  }

  /** A killer ends its worker; what the worker still held is delivered once more. */
  @Test
  void neverTakesANeighbourOfAKillerForPoison() {
    for (int killer = 0; killer < 4; killer++) {
      Map<Long, Integer> deliveries = new TreeMap<>(Map.of(0L, 2, 1L, 2, 2L, 2, 3L, 2));
      Set<Long> done = new TreeSet<>();
      while (deliveries.values().stream().anyMatch(count -> count <= settings.maxDeliveries())) {
        List<Long> order =
            order(
                deliveries.entrySet().stream()
                    .map(entry -> job(entry.getKey(), entry.getValue()))
                    .toArray(Job[]::new));
        done.addAll(order.subList(0, order.indexOf((long) killer)));
        deliveries.keySet().removeAll(done);
        deliveries.replaceAll((offset, count) -> count + 1);
      }
      assertThat(deliveries.keySet()).containsExactly((long) killer);
      assertThat(done).hasSize(3);
    }
  }

  /** The offsets in the order in which an agenda serves them. */
  private List<Long> order(Job... jobs) {
    turns.clear();
    agenda.enter(AT_ONCE);
    for (Job job : jobs) {
      serveAlone(job);
    }
    agenda.leave();
    for (Job _ : jobs) {
      agenda.done();
    }
    return List.copyOf(turns);
  }

  private void serveAlone(Job job) {
    agenda.serveAlone(job, turn -> turns.add(turn.delivery().place().offset()));
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
