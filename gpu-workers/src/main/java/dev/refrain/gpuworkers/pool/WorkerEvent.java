package dev.refrain.gpuworkers.pool;

/** What a worker counts. */
public enum WorkerEvent {
  /** Calls of the service that came back. */
  BATCH,
  /** Microseconds spent in the service. */
  BUSY_MICROSECONDS,
  /** Results written: the work was done. */
  DONE,
  /** Results written: the service refused the request. */
  REFUSED,
  /** Results written: the request was past its deadline. */
  EXPIRED,
  /** Results written: the request failed at every delivery. */
  POISON,
  /** Dead letters written: the record was no work request. */
  UNDECODABLE,
  /** Records given back to be delivered again. */
  RELEASED,
  /** Locks renewed, one for each record and renewal. */
  RENEWED,
  /** Records whose lock was lost before they could be acknowledged; they are delivered again. */
  LOST
}
