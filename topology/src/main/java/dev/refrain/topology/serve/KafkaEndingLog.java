package dev.refrain.topology.serve;

import dev.refrain.processors.stages.EndingLog;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the ends of the topics of answers and dead letters. Safe for use by many threads. */
final class KafkaEndingLog implements EndingLog {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaEndingLog.class);

  private final TopicReader reader;
  private final List<String> topics;

  KafkaEndingLog(TopicReader reader, List<String> topics) {
    this.reader = reader;
    this.topics = List.copyOf(topics);
  }

  @Override
  public Set<String> since(Instant time) {
    Set<String> ids = new HashSet<>();
    reader.since(time, topics, record -> ids.add(String.valueOf(record.key())));
    LOG.info("{} questions have ended since {}", ids.size(), time);
    return ids;
  }
}
