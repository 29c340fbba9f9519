package dev.refrain.schemas.registry;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/** A server that gives every request the same answer and remembers who asked. */
final class FakeRegistry implements AutoCloseable {
  private final HttpServer server;
  private final String scheme;
  private volatile String authorization = "nobody asked";

  private FakeRegistry(HttpServer server, String scheme) {
    this.server = server;
    this.scheme = scheme;
    server.start();
  }

  static FakeRegistry plain(int status, String body) throws IOException {
    return answering(HttpServer.create(loopback(), 0), "http", status, body);
  }

  /** Takes connections and never answers. */
  static FakeRegistry silent() throws IOException {
    HttpServer server = HttpServer.create(loopback(), 0);
    server.createContext("/", exchange -> {});
    return new FakeRegistry(server, "http");
  }

  /**
   * @param store the server's certificate, and the one it knows of clients
   */
  static FakeRegistry tls(int status, String body, KeyStoreFile store, boolean askForCertificate)
      throws IOException, GeneralSecurityException {
    HttpsServer server = HttpsServer.create(loopback(), 0);
    SSLContext context = sslContext(store);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters ssl = context.getDefaultSSLParameters();
            ssl.setNeedClientAuth(askForCertificate);
            parameters.setSSLParameters(ssl);
          }
        });
    return answering(server, "https", status, body);
  }

  private static FakeRegistry answering(HttpServer server, String scheme, int status, String body) {
    FakeRegistry registry = new FakeRegistry(server, scheme);
    server.createContext(
        "/",
        exchange -> {
          registry.authorization =
              Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                  .orElse("none");
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    return registry;
  }

  /** A new key with its own certificate for this machine, as keytool makes it. */
  static KeyStoreFile selfSigned(Path folder) throws IOException, InterruptedException {
    Path file = folder.resolve("registry.p12");
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-keyalg",
                    "EC",
                    "-alias",
                    "registry",
                    "-dname",
                    "CN=localhost",
                    "-ext",
                    "san=dns:localhost,ip:127.0.0.1",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    file.toString(),
                    "-storepass",
                    "changeit"))
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool: " + output);
    }
    return new KeyStoreFile(file, "changeit");
  }

  private static SSLContext sslContext(KeyStoreFile file)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file.path())) {
      store.load(in, file.password().toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, file.password().toCharArray());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
  }

  String url() {
    return "%s://127.0.0.1:%d".formatted(scheme, server.getAddress().getPort());
  }

  /** The {@code Authorization} header of the last request, or {@code none}. */
  String authorization() {
    return authorization;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
