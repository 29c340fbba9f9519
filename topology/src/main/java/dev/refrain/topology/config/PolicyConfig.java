package dev.refrain.topology.config;

import java.util.Map;

/**
 * Section {@code policy}: the policy that is published when the topology starts.
 *
 * @param name its name, the key on the topic of policies
 * @param version grows with every change, 1 or more
 * @param thresholds finite numbers by name; the names are those of the defaults
 */
public record PolicyConfig(String name, int version, Map<String, Double> thresholds) {

  public PolicyConfig {
    thresholds = Map.copyOf(thresholds);
    Require.notBlank("name", name);
    Require.atLeast(1, "version", version);
    thresholds.forEach(
        (key, value) ->
            Require.that(Double.isFinite(value), "thresholds." + key, value, "a finite number"));
  }
}
