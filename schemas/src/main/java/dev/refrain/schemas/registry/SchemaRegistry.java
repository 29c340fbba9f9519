package dev.refrain.schemas.registry;

import org.apache.avro.Schema;

/**
 * Knows every schema by a subject and by a number. Implementations cache what they learn and are
 * safe for use by many threads.
 */
public interface SchemaRegistry extends AutoCloseable {

  /**
   * Registers a schema under a subject, or finds it there.
   *
   * @param subject Confluent subject name, {@code <topic>-value}
   * @return the schema's id, equal for equal schemas
   * @throws IncompatibleSchemaException if the subject's rules refuse the schema
   * @throws RegistryUnavailableException if the registry cannot be asked now
   */
  int register(String subject, Schema schema);

  /**
   * The schema with an id.
   *
   * @throws UnknownSchemaException if no schema has this id
   * @throws RegistryUnavailableException if the registry cannot be asked now
   */
  Schema schema(int id);

  /** Releases connections. Never throws. */
  @Override
  void close();
}
