package dev.refrain.topology.bench;

import dev.refrain.topology.serve.TopicReader;
import java.util.LongSummaryStatistics;
import java.util.Map;

/**
 * What lies on topics.
 *
 * @param client properties of every Kafka client
 */
record TopicSizes(Map<String, String> client) {

  /**
   * What lies on one topic.
   *
   * @param records its records
   * @param bytes of their values
   */
  record Content(long records, long bytes) {

    /** Mean bytes of a value; 0 where there is none. */
    int meanBytes() {
      return records == 0 ? 0 : Math.toIntExact(bytes / records);
    }
  }

  /** Reads a topic from its beginning to its present end. */
  Content of(String topic) {
    LongSummaryStatistics values = new LongSummaryStatistics();
    new TopicReader(client)
        .fromBeginning(
            topic, record -> values.accept(record.value() == null ? 0 : record.value().length));
    return new Content(values.getCount(), values.getSum());
  }
}
