package dev.refrain.gpuworkers.pool;

/** What a worker counts. */
public enum WorkerEvent {
  /** Microseconds that requests spent in the service, those of requests side by side added up. */
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
