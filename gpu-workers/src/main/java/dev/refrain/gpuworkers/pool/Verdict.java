package dev.refrain.gpuworkers.pool;

import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * How a delivery ends: once the message is written, the record is acknowledged.
 *
 * @param message a work result or a dead letter
 * @param then {@code ACCEPT} or {@code REJECT}
 * @param event what is counted when both are done
 */
record Verdict(
    Delivery delivery,
    ProducerRecord<byte[], byte[]> message,
    AcknowledgeType then,
    WorkerEvent event) {}
