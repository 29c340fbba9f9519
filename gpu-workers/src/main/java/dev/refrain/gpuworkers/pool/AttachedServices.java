package dev.refrain.gpuworkers.pool;

import dev.refrain.schemas.avro.WorkRequest;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One frozen model behind several attachments: each request is served by the service of its own
 * attachment, and one for an attachment that is not here by the bare model's, which refuses it.
 * Safe where its services are.
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
  public List<Outcome> serve(List<WorkRequest> requests) {
    Map<PoolService, List<WorkRequest>> parts = new LinkedHashMap<>();
    for (WorkRequest request : requests) {
      parts.computeIfAbsent(of(request), service -> new ArrayList<>()).add(request);
    }
    IdentityHashMap<WorkRequest, Outcome> outcomes = new IdentityHashMap<>();
    parts.forEach(
        (service, part) -> {
          List<Outcome> served = service.serve(part);
          for (int i = 0; i < part.size(); i++) {
            outcomes.put(part.get(i), served.get(i));
          }
        });
    return requests.stream().map(request -> Objects.requireNonNull(outcomes.get(request))).toList();
  }

  private PoolService of(WorkRequest request) {
    String attachment = request.getAttachmentDigest();
    return attachment == null ? bare : byAttachment.getOrDefault(attachment, bare);
  }
}
