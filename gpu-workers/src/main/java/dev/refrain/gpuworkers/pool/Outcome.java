package dev.refrain.gpuworkers.pool;

import dev.refrain.schemas.avro.Generated;
import dev.refrain.schemas.avro.Reranked;
import org.apache.avro.specific.SpecificRecord;

/** What one request came to. */
public sealed interface Outcome {

  /**
   * The work was done.
   *
   * @param result a {@link Generated} or a {@link Reranked}
   * @param milliseconds the request's share of accelerator time, 0 or more
   */
  record Done(SpecificRecord result, double milliseconds) implements Outcome {
    public Done {
      if (!(result instanceof Generated || result instanceof Reranked)) {
        throw new IllegalArgumentException(
            "result is a %s, must be Generated or Reranked".formatted(result.getClass().getName()));
      }
      if (!(milliseconds >= 0)) {
        throw new IllegalArgumentException(
            "milliseconds is %s, must be 0 or more".formatted(milliseconds));
      }
    }
  }

  /**
   * The request can never be served here.
   *
   * @param reason what is wrong with it, with the values
   */
  record Refused(String reason) implements Outcome {}
}
