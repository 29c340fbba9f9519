package dev.refrain.gpuworkers.pool;

import java.util.Comparator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** A record as the share group delivered it to this worker. */
record Delivery(ConsumerRecord<byte[], byte[]> record) {

  /** Where a record is. */
  record Place(TopicPartition partition, long offset) {
    /** By partition, then by offset. */
    static final Comparator<Place> ORDER =
        Comparator.<Place>comparingInt(place -> place.partition().partition())
            .thenComparingLong(Place::offset);

    static Place of(ConsumerRecord<?, ?> record) {
      return new Place(new TopicPartition(record.topic(), record.partition()), record.offset());
    }

    @Override
    public String toString() {
      return partition + "@" + offset;
    }
  }

  /** How often the record has been delivered, 1 at first. */
  int count() {
    return record.deliveryCount().map(Short::intValue).orElse(1);
  }

  Place place() {
    return Place.of(record);
  }
}
