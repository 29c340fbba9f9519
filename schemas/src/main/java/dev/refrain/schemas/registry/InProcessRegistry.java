package dev.refrain.schemas.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;

/**
 * The registry of the embedded default: a folder of schemas, or memory alone. Ids are fingerprints
 * of the schemas, so that processes that share nothing but the broker agree on them. Checks
 * backward compatibility against the last schema of a subject, as a Confluent registry does by
 * default. Safe for use by many threads.
 */
public final class InProcessRegistry implements SchemaRegistry {
  private final @Nullable Path folder;
  private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
  private final Map<String, Schema> latest = new ConcurrentHashMap<>();

  private InProcessRegistry(@Nullable Path folder) {
    this.folder = folder;
  }

  /** A registry that forgets everything with the process. */
  public static InProcessRegistry inMemory() {
    return new InProcessRegistry(null);
  }

  /**
   * A registry that keeps its schemas in a folder, made if it is not there.
   *
   * @throws UncheckedIOException if the folder cannot be made
   */
  public static InProcessRegistry in(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make the schema folder " + folder, e);
    }
    return new InProcessRegistry(folder);
  }

  @Override
  public synchronized int register(String subject, Schema schema) {
    // Another process may have registered a newer one in the folder.
    Schema previous = folder == null ? latest.get(subject) : read(subject + ".avsc");
    if (previous != null && !previous.equals(schema)) {
      requireCompatible(subject, schema, previous);
    }
    int id = id(schema);
    if (!schema.equals(previous)) {
      write(id + ".avsc", schema);
      write(subject + ".avsc", schema);
    }
    schemas.put(id, schema);
    latest.put(subject, schema);
    return id;
  }

  @Override
  public Schema schema(int id) {
    Schema known = schemas.get(id);
    if (known == null) {
      known = read(id + ".avsc");
      if (known == null) {
        throw new UnknownSchemaException(id);
      }
      schemas.put(id, known);
    }
    return known;
  }

  @Override
  public void close() {}

  private static void requireCompatible(String subject, Schema reader, Schema writer) {
    SchemaCompatibility.SchemaPairCompatibility pair =
        SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
    if (pair.getType() != SchemaCompatibilityType.COMPATIBLE) {
      throw new IncompatibleSchemaException(
          subject, pair.getResult().getIncompatibilities().toString());
    }
  }

  /** The upper 31 bits of the CRC-64-AVRO fingerprint: positive, and the same in every process. */
  private static int id(Schema schema) {
    return (int) (SchemaNormalization.parsingFingerprint64(schema) >>> 33);
  }

  private @Nullable Schema read(String name) {
    if (folder == null || !Files.exists(folder.resolve(name))) {
      return null;
    }
    try {
      return new Schema.Parser().parse(Files.readString(folder.resolve(name)));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the schema " + folder.resolve(name), e);
    }
  }

  private void write(String name, Schema schema) {
    if (folder == null) {
      return;
    }
    try {
      Path part = Files.createTempFile(folder, name, ".part");
      Files.writeString(part, schema.toString());
      Files.move(
          part,
          folder.resolve(name),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot keep the schema " + folder.resolve(name), e);
    }
  }
}
