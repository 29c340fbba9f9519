package dev.refrain.gpuworkers.pool;

import dev.refrain.schemas.Topics;
import dev.refrain.schemas.registry.SchemaRegistry;
import java.time.InstantSource;

/**
 * What the workers of an installation share.
 *
 * @param topics the table of topics
 * @param registry who knows the schemas; not closed by a worker
 * @param clock tells deadlines, and when to renew
 * @param listener told what the workers do
 */
public record WorkerSurroundings(
    Topics topics, SchemaRegistry registry, InstantSource clock, WorkerListener listener) {}
