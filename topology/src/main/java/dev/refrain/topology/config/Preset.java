package dev.refrain.topology.config;

import java.util.List;

/**
 * Settings that go with a model: above the defaults, below the user's own.
 *
 * @param name where they come from, for messages and {@code validate}
 * @param yaml the settings
 * @param sets more of them, as {@code key=value}
 */
public record Preset(String name, String yaml, List<String> sets) {
  public Preset {
    sets = List.copyOf(sets);
  }

  void put(Layers layers) {
    layers.put(name, Yaml.tree(name, yaml));
    sets.forEach(set -> layers.set(name, set));
  }
}
