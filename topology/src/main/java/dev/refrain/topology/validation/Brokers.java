package dev.refrain.topology.validation;

import dev.refrain.topology.config.BrokerConfig;
import dev.refrain.topology.config.KafkaConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.common.KafkaException;

/** Asks the brokers who they are and whether they know share groups. */
final class Brokers {
  private static final String WHAT = "brokers";
  private static final String SHARE_GROUPS = "share.version";

  private Brokers() {}

  static Check reachable(KafkaConfig kafka, BrokerConfig broker, Duration timeout) {
    if (kafka.embedded()) {
      return Check.skipped(WHAT, "embedded, data in " + broker.folder());
    }
    Map<String, Object> properties = new HashMap<>(kafka.properties());
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.put(
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(timeout.toMillis()));
    properties.put(
        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(timeout.toMillis()));
    try (Admin admin = Admin.create(properties)) {
      return ask(admin, kafka.bootstrapServers(), timeout);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      return Check.failed(WHAT, kafka.bootstrapServers() + " does not answer: " + reason(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Check.failed(WHAT, "interrupted");
    }
  }

  private static Check ask(Admin admin, String servers, Duration timeout)
      throws ExecutionException, TimeoutException, InterruptedException {
    int nodes =
        admin.describeCluster().nodes().get(timeout.toMillis(), TimeUnit.MILLISECONDS).size();
    FinalizedVersionRange shareGroups =
        admin
            .describeFeatures()
            .featureMetadata()
            .get(timeout.toMillis(), TimeUnit.MILLISECONDS)
            .finalizedFeatures()
            .get(SHARE_GROUPS);
    String found = "%s, %d broker%s".formatted(servers, nodes, nodes == 1 ? "" : "s");
    if (shareGroups == null || shareGroups.maxVersionLevel() < 1) {
      return Check.failed(
          WHAT,
          found
              + ", without share groups, which the workers need: use Kafka 4.2 or newer and"
              + " `kafka-features.sh upgrade --feature share.version=1`");
    }
    return Check.ok(WHAT, found + ", share groups");
  }

  private static String reason(Exception e) {
    Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
    String message = cause.getMessage();
    return cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }
}
