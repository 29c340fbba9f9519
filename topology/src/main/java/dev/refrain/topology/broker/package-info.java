/**
 * The Kafka broker that comes with Refrain, and the topics on any broker. Nothing here reads or
 * writes records, and only {@code EmbeddedBroker} knows Kafka's internal classes. Start with {@link
 * dev.refrain.topology.broker.EmbeddedBroker}.
 */
@NullMarked
package dev.refrain.topology.broker;

import org.jspecify.annotations.NullMarked;
