package dev.refrain.gpuworkers.pool;

import dev.refrain.schemas.avro.WorkRequest;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * One frozen model behind several attachments: each request is served by the service of its own
 * attachment, and one for an attachment that is not here by the bare model's, which refuses it.
 */
public final class AttachedServices implements PoolService {
  private final PoolService bare;
  private final Map<String, PoolService> byAttachment;

  /**
   * Puts services together; they are not closed here.
   *
   * @param bare of the model with nothing attached
   * @param byAttachment of the others, by digest of the attachment
   */
  public AttachedServices(PoolService bare, Map<String, PoolService> byAttachment) {
    this.bare = bare;
    this.byAttachment = Map.copyOf(byAttachment);
  }

  @Override
  public CompletableFuture<Outcome> submit(WorkRequest request) {
    return of(request).submit(request);
  }

  private PoolService of(WorkRequest request) {
    String attachment = request.getAttachmentDigest();
    return attachment == null ? bare : byAttachment.getOrDefault(attachment, bare);
  }
}
