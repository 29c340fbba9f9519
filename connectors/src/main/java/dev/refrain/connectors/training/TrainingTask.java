package dev.refrain.connectors.training;

import ai.djl.ndarray.NDManager;
import java.util.List;

/** What is learnt: parameters, and a loss over micro-batches of data. */
public interface TrainingTask {

  /** The parameters, in an order that never changes. */
  List<Parameter> parameters();

  /**
   * The loss of one micro-batch. Called from several threads at once where the trainer has several
   * lanes.
   *
   * @param manager owns every array made on the way; closed by the caller
   * @param number of the micro-batch, from 0 on; it alone decides the data, so that a resumed run
   *     sees what the first one would have seen
   */
  Loss loss(NDManager manager, long number);

  /**
   * Digest of everything that decides the data and the network; a checkpoint of another is refused.
   */
  String digest();
}
