package dev.refrain.gpuworkers.pool;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;

/** Tells the broker how a pool's share group is to be served. */
public final class ShareGroups {
  private ShareGroups() {}

  /**
   * Sets a share group's configuration: it starts at the earliest record, so that nothing asked
   * before the first worker is lost; it sees only committed records, so that an aborted transaction
   * of the topology asks for nothing; and its locks can be renewed. Repeating it changes nothing.
   *
   * @throws IllegalStateException if the broker refuses, with its reason
   */
  public static void configure(Admin admin, String groupId, ShareGroupSettings settings) {
    Map<String, String> config = config(settings);
    List<AlterConfigOp> changes =
        config.entrySet().stream()
            .map(e -> new AlterConfigOp(new ConfigEntry(e.getKey(), e.getValue()), OpType.SET))
            .toList();
    ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, groupId);
    try {
      admin.incrementalAlterConfigs(Map.of(group, changes)).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "Cannot set %s for the share group '%s': %s".formatted(config, groupId, e.getCause()), e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private static Map<String, String> config(ShareGroupSettings settings) {
    Map<String, String> config = new TreeMap<>();
    config.put("share.auto.offset.reset", "earliest");
    config.put("share.isolation.level", "read_committed");
    config.put("share.renew.acknowledge.enable", Boolean.toString(settings.renewal()));
    config.put("share.record.lock.duration.ms", Long.toString(settings.lock().toMillis()));
    config.put("share.delivery.count.limit", Integer.toString(settings.deliveryLimit()));
    if (settings.session() != null) {
      config.put("share.session.timeout.ms", Long.toString(settings.session().toMillis()));
    }
    if (settings.heartbeat() != null) {
      config.put("share.heartbeat.interval.ms", Long.toString(settings.heartbeat().toMillis()));
    }
    return config;
  }
}
