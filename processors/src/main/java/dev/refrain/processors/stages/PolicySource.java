package dev.refrain.processors.stages;

import dev.refrain.processors.decision.ThresholdPolicy;
import dev.refrain.schemas.avro.Policy;
import dev.refrain.schemas.serde.TopicCodec;
import dev.refrain.schemas.serde.UndecodableRecordException;
import java.util.Arrays;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy in force: the latest usable one on the policy topic by the configured name, or the
 * configured one while there is none. Belongs to one stream task.
 */
final class PolicySource {
  private static final Logger LOG = LoggerFactory.getLogger(PolicySource.class);

  private final ReadOnlyKeyValueStore<String, byte[]> published;
  private final TopicCodec<Policy> codec;
  private byte @Nullable [] seen;
  private ThresholdPolicy current;

  PolicySource(
      ReadOnlyKeyValueStore<String, byte[]> published,
      TopicCodec<Policy> codec,
      ThresholdPolicy configured) {
    this.published = published;
    this.codec = codec;
    this.current = configured;
  }

  ThresholdPolicy current() {
    byte[] latest = published.get(current.name());
    if (latest != null && !Arrays.equals(latest, seen)) {
      seen = latest;
      read(latest);
    }
    return current;
  }

  private void read(byte[] bytes) {
    try {
      Policy policy = codec.decode(bytes);
      current = new ThresholdPolicy(policy.getName(), policy.getVersion(), policy.getThresholds());
      LOG.info(
          "stage {}: policy {} version {}", Stages.DECIDE_PASS, current.name(), current.version());
    } catch (UndecodableRecordException | IllegalArgumentException e) {
      LOG.warn(
          "stage {}: a policy on the topic is refused, version {} stays in force: {}",
          Stages.DECIDE_PASS,
          current.version(),
          e.getMessage());
    }
  }
}
