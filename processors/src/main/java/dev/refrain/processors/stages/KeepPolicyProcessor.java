package dev.refrain.processors.stages;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Keeps the latest policy of each name, as raw bytes, in the global policies store. */
public final class KeepPolicyProcessor implements Processor<String, byte[], Void, Void> {
  private KeyValueStore<String, byte[]> policies;

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    policies = context.getStateStore(Stages.POLICIES);
  }

  @Override
  public void process(Record<String, byte[]> record) {
    if (record.key() != null) {
      policies.put(record.key(), record.value());
    }
  }
}
