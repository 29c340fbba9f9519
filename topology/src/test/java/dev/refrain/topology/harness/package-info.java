/**
 * The brokers that integration tests run on: the embedded one, and Kafka in a container wherever a
 * Docker engine answers. Every test of the whole way and of share groups takes its broker from
 * here. Start with {@link dev.refrain.topology.harness.BrokersUnderTest}.
 */
@NullMarked
package dev.refrain.topology.harness;

import org.jspecify.annotations.NullMarked;
