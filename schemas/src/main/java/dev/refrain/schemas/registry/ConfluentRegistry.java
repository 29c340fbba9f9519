package dev.refrain.schemas.registry;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.List;
import javax.net.ssl.SSLException;
import org.apache.avro.Schema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.ParsedSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A registry with Confluent's HTTP API, asked by Confluent's own client. The client comes in a jar
 * that has moved it, and its Avro, to other packages: schemas cross the border as JSON. Tries each
 * request once at each URL; {@link RegistryPatience} waits for a registry that is down. Safe for
 * use by many threads.
 */
public final class ConfluentRegistry implements SchemaRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(ConfluentRegistry.class);
  private static final int CACHED_SCHEMAS_PER_SUBJECT = 1_000;
  private static final int UNPROCESSABLE = 422;
  private static final int TOO_MANY_REQUESTS = 429;

  /** Confluent's error code for an id that no schema has. */
  private static final int SCHEMA_NOT_FOUND = 40_403;

  private final CachedSchemaRegistryClient client;
  private final String urls;

  /** Connects at the first request, not here. */
  public ConfluentRegistry(RegistrySettings settings) {
    this.urls = String.join(",", settings.urls());
    this.client =
        new CachedSchemaRegistryClient(
            settings.urls(),
            CACHED_SCHEMAS_PER_SUBJECT,
            List.of(new AvroSchemaProvider()),
            settings.clientConfig());
  }

  /**
   * {@inheritDoc}
   *
   * @throws RegistryRefusedException if the registry refuses these credentials or has no such API
   */
  @Override
  public int register(String subject, Schema schema) {
    try {
      return client.register(subject, new AvroSchema(schema.toString()));
    } catch (RestClientException e) {
      if (e.getStatus() == HttpURLConnection.HTTP_CONFLICT || e.getStatus() == UNPROCESSABLE) {
        throw new IncompatibleSchemaException(subject, String.valueOf(e.getMessage()));
      }
      throw failure("register the subject " + subject, e);
    } catch (IOException e) {
      throw failure("register the subject " + subject, e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws RegistryRefusedException if the registry refuses these credentials or has no such API
   */
  @Override
  public Schema schema(int id) {
    try {
      ParsedSchema found = client.getSchemaById(id);
      return new Schema.Parser().parse(found.canonicalString());
    } catch (RestClientException e) {
      if (e.getErrorCode() == SCHEMA_NOT_FOUND) {
        throw new UnknownSchemaException(id);
      }
      throw failure("read the schema " + id, e);
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).startsWith("Invalid schema")) {
        // The client's word for a schema that is there and is not Avro.
        throw new UnknownSchemaException(id);
      }
      throw failure("read the schema " + id, e);
    }
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      LOG.debug("Closing the client of the registry at {}", urls, e);
    }
  }

  private RuntimeException failure(String what, RestClientException e) {
    String message =
        "Cannot %s: the registry at %s answers %d, %s"
            .formatted(what, urls, e.getStatus(), e.getMessage());
    return switch (e.getStatus()) {
      case HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN ->
          new RegistryRefusedException(
              message + ". Check the user name and password, or the bearer token, of the registry.",
              e);
      case TOO_MANY_REQUESTS -> new RegistryUnavailableException(message, e);
      default ->
          e.getStatus() >= HttpURLConnection.HTTP_INTERNAL_ERROR
              ? new RegistryUnavailableException(message, e)
              : new RegistryRefusedException(
                  message
                      + ". Check the path of the URL: it must be of a Confluent-compatible API.",
                  e);
    };
  }

  private RuntimeException failure(String what, IOException e) {
    if (e instanceof SSLException) {
      return new RegistryRefusedException(
          "Cannot %s: no secure connection to the registry at %s: %s. Check the trust store and the key store of the registry."
              .formatted(what, urls, e.getMessage()),
          e);
    }
    return new RegistryUnavailableException(
        "Cannot %s: the registry at %s is not reachable: %s".formatted(what, urls, e), e);
  }
}
