package dev.refrain.topology.serve;

import dev.refrain.schemas.registry.SchemaRegistry;
import dev.refrain.topology.broker.Cluster;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;

/**
 * What all parts of a process share; none of them closes it.
 *
 * @param cluster the Kafka cluster
 * @param registry who knows the schemas
 * @param clock tells the time
 * @param meters counts what happens
 */
public record Surroundings(
    Cluster cluster, SchemaRegistry registry, InstantSource clock, MeterRegistry meters) {}
