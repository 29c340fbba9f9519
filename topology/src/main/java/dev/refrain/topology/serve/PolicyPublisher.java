package dev.refrain.topology.serve;

import dev.refrain.processors.decision.ThresholdPolicy;
import dev.refrain.schemas.avro.Policy;
import dev.refrain.schemas.serde.TopicCodec;
import dev.refrain.schemas.serde.UndecodableRecordException;
import java.util.HashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the configured policy on its topic, unless a policy of that name and version is there. */
final class PolicyPublisher {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyPublisher.class);

  private final Surroundings surroundings;
  private final TopicCodec<Policy> codec;

  PolicyPublisher(Surroundings surroundings, TopicCodec<Policy> codec) {
    this.surroundings = surroundings;
    this.codec = codec;
  }

  void publish(ThresholdPolicy policy, String topic) {
    int published = latestVersion(policy.name(), topic);
    if (published >= policy.version()) {
      if (published > policy.version()) {
        LOG.info(
            "Policy {} version {} is published and stays in force; {} is configured",
            policy.name(),
            published,
            policy.version());
      }
      return;
    }
    Policy record =
        Policy.newBuilder()
            .setName(policy.name())
            .setVersion(policy.version())
            .setThresholds(policy.thresholds())
            .setPublishedAt(surroundings.clock().instant())
            .build();
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            new HashMap<>(surroundings.cluster().client()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, policy.name(), codec.encode(topic, record))).get();
    } catch (ExecutionException e) {
      throw new KafkaException("Cannot publish the policy to " + topic, e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /** The version on the topic, or 0 if there is none. */
  private int latestVersion(String name, String topic) {
    AtomicInteger latest = new AtomicInteger();
    new TopicReader(surroundings.cluster().client())
        .fromBeginning(
            topic,
            record -> {
              if (name.equals(record.key())) {
                latest.set(version(record.value()));
              }
            });
    return latest.get();
  }

  private int version(byte[] value) {
    try {
      return value == null ? 0 : codec.decode(value).getVersion();
    } catch (UndecodableRecordException e) {
      LOG.warn("A record on the policy topic is no policy: {}", e.getMessage());
      return 0;
    }
  }
}
