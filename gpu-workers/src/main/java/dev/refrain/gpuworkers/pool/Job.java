package dev.refrain.gpuworkers.pool;

import dev.refrain.schemas.avro.WorkRequest;

/** A delivery that is a work request. */
record Job(Delivery delivery, WorkRequest request) {}
