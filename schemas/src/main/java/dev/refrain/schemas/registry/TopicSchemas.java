package dev.refrain.schemas.registry;

import dev.refrain.schemas.TopicSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Registers the schemas of topics under their subjects. Keeps nothing. */
public final class TopicSchemas {
  private TopicSchemas() {}

  /**
   * Registers every topic's schema, so that a difference is found at start and not at the first
   * record.
   *
   * @return the ids by subject, in the order of the topics
   * @throws IncompatibleSchemaException if the rules of a subject refuse its schema
   * @throws RegistryUnavailableException if the registry cannot be asked now
   */
  public static Map<String, Integer> register(SchemaRegistry registry, List<TopicSpec> topics) {
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (TopicSpec topic : topics) {
      ids.put(topic.subject(), registry.register(topic.subject(), topic.schema()));
    }
    return ids;
  }
}
