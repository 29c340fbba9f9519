package dev.refrain.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Confluent's client sends, and what becomes of what it is answered. */
class ConfluentRegistryTest {
  private static final Schema NOTE =
      SchemaBuilder.record("Note").fields().requiredString("id").endRecord();
  private static final String ID_7 = "{\"id\": 7}";

  @Test
  void sendsUserNameAndPassword() throws Exception {
    try (FakeRegistry server = FakeRegistry.plain(200, ID_7);
        SchemaRegistry registry = connect(server, new Credentials.Basic("ann", "s3cret:x"))) {
      assertThat(registry.register("notes-value", NOTE)).isEqualTo(7);
      // printf 'ann:s3cret:x' | base64
      assertThat(server.authorization()).isEqualTo("Basic YW5uOnMzY3JldDp4");
    }
  }

  @Test
  void sendsTheBearerToken() throws Exception {
    try (FakeRegistry server = FakeRegistry.plain(200, ID_7);
        SchemaRegistry registry = connect(server, new Credentials.Bearer("abc.def"))) {
      registry.register("notes-value", NOTE);
      assertThat(server.authorization()).isEqualTo("Bearer abc.def");
    }
  }

  @Test
  void sendsNoCredentialsUnlessAsked() throws Exception {
    try (FakeRegistry server = FakeRegistry.plain(200, ID_7);
        SchemaRegistry registry = connect(server, new Credentials.None())) {
      registry.register("notes-value", NOTE);
      assertThat(server.authorization()).isEqualTo("none");
    }
  }

  @Test
  void saysThatCredentialsAreRefused() throws Exception {
    String body = "{\"error_code\": 401, \"message\": \"Unauthorized\"}";
    try (FakeRegistry server = FakeRegistry.plain(401, body);
        SchemaRegistry registry = connect(server, new Credentials.None())) {
      assertThatThrownBy(() -> registry.register("notes-value", NOTE))
          .isInstanceOf(RegistryRefusedException.class)
          .hasMessageContaining("401")
          .hasMessageContaining("Check the user name and password");
    }
  }

  @Test
  void callsARegistryThatFailsUnavailable() throws Exception {
    String body = "{\"error_code\": 50001, \"message\": \"Error in the backend data store\"}";
    try (FakeRegistry server = FakeRegistry.plain(500, body);
        SchemaRegistry registry = connect(server, new Credentials.None())) {
      assertThatThrownBy(() -> registry.schema(1))
          .isInstanceOf(RegistryUnavailableException.class)
          .hasMessageContaining("Error in the backend data store");
    }
  }

  @Test
  void doesNotTakeAWebServerWithoutTheApiForARegistryWithoutTheSchema() throws Exception {
    try (FakeRegistry server = FakeRegistry.plain(404, "<html>no such page</html>");
        SchemaRegistry registry = connect(server, new Credentials.None())) {
      assertThatThrownBy(() -> registry.schema(1))
          .isInstanceOf(RegistryRefusedException.class)
          .hasMessageContaining("Check the path of the URL");
    }
  }

  @Test
  void callsASchemaThatIsNotAvroUnknown() throws Exception {
    String body = "{\"schemaType\": \"PROTOBUF\", \"schema\": \"syntax = \\\"proto3\\\";\"}";
    try (FakeRegistry server = FakeRegistry.plain(200, body);
        SchemaRegistry registry = connect(server, new Credentials.None())) {
      assertThatThrownBy(() -> registry.schema(1)).isInstanceOf(UnknownSchemaException.class);
    }
  }

  @Test
  void waitsNoLongerThanTheRequestTimeout() throws Exception {
    try (FakeRegistry server = FakeRegistry.silent();
        SchemaRegistry registry = connect(server, new Credentials.None())) {
      assertThatThrownBy(() -> registry.schema(1)).isInstanceOf(RegistryUnavailableException.class);
    }
  }

  @Test
  void trustsTheCertificatesOfItsTrustStoreOnly(@TempDir Path folder) throws Exception {
    KeyStoreFile store = FakeRegistry.selfSigned(folder);
    try (FakeRegistry server = FakeRegistry.tls(200, ID_7, store, false);
        SchemaRegistry trusting = connect(server, Optional.of(store), Optional.empty());
        SchemaRegistry strict = connect(server, Optional.empty(), Optional.empty())) {
      assertThat(trusting.register("notes-value", NOTE)).isEqualTo(7);
      assertThatThrownBy(() -> strict.register("notes-value", NOTE))
          .isInstanceOf(RegistryRefusedException.class)
          .hasMessageContaining("Check the trust store");
    }
  }

  @Test
  void showsItsOwnCertificateWhereTheServerAsksForOne(@TempDir Path folder) throws Exception {
    KeyStoreFile store = FakeRegistry.selfSigned(folder);
    try (FakeRegistry server = FakeRegistry.tls(200, ID_7, store, true);
        SchemaRegistry known = connect(server, Optional.of(store), Optional.of(store));
        SchemaRegistry unknown = connect(server, Optional.of(store), Optional.empty())) {
      assertThat(known.register("notes-value", NOTE)).isEqualTo(7);
      assertThatThrownBy(() -> unknown.register("notes-value", NOTE))
          .isInstanceOfAny(RegistryRefusedException.class, RegistryUnavailableException.class);
    }
  }

  @Test
  void showsNoSecretInItsSettings() {
    RegistrySettings settings =
        new RegistrySettings(
            List.of("https://registry.example"),
            new Credentials.Basic("ann", "s3cret"),
            Optional.of(new KeyStoreFile(Path.of("trust.p12"), "s3cret")),
            Optional.empty(),
            Duration.ofSeconds(1));

    assertThat(settings.toString()).contains("ann", "trust.p12").doesNotContain("s3cret");
    assertThat(new Credentials.Bearer("s3cret").toString()).doesNotContain("s3cret");
  }

  private static SchemaRegistry connect(FakeRegistry server, Credentials credentials) {
    return new ConfluentRegistry(
        new RegistrySettings(
            List.of(server.url()),
            credentials,
            Optional.empty(),
            Optional.empty(),
            Duration.ofSeconds(1)));
  }

  private static SchemaRegistry connect(
      FakeRegistry server, Optional<KeyStoreFile> trustStore, Optional<KeyStoreFile> keyStore) {
    return new ConfluentRegistry(
        new RegistrySettings(
            List.of(server.url()),
            new Credentials.None(),
            trustStore,
            keyStore,
            Duration.ofSeconds(5)));
  }
}
