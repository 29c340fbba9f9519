package dev.refrain.gpuworkers.hub;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A hub with one model, {@code org/model}, on localhost, and a storage for its large files under
 * another host's name, 127.0.0.1. Gives what it has, with ranges, unless told to misbehave.
 */
final class FakeHub implements AutoCloseable {
  static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  /** What was asked for: where, and with which headers. */
  record Request(boolean storage, String method, String target, Headers headers) {
    String header(String name) {
      return headers.getFirst(name) == null ? "" : headers.getFirst(name);
    }
  }

  /** One answer that is not as it should be. */
  interface Answer {
    void give(HttpExchange exchange, byte[] content) throws IOException;
  }

  private final HttpServer hub = server("localhost");
  private final HttpServer storage = server("127.0.0.1");
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Map<String, byte[]>> commits = new LinkedHashMap<>();
  private final Set<String> large = new HashSet<>();
  private final Queue<Answer> listings = new ConcurrentLinkedQueue<>();
  private final Queue<Answer> contents = new ConcurrentLinkedQueue<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile String head = COMMIT;
  private volatile boolean silent;

  FakeHub() throws IOException {
    commits.put(COMMIT, new LinkedHashMap<>());
    hub.createContext("/", this::answer);
    storage.createContext(
        "/",
        exchange -> {
          requests.add(request(exchange, true));
          String[] place = exchange.getRequestURI().getPath().split("/", 3);
          content(exchange, stored(place[1], place[2]));
        });
    hub.setExecutor(threads);
    storage.setExecutor(threads);
    hub.start();
    storage.start();
  }

  URI address() {
    return URI.create("http://localhost:" + hub.getAddress().getPort());
  }

  /** Adds a file to the newest commit. */
  FakeHub small(String path, String content) {
    return put(path, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds a file of Git LFS, which the hub redirects to the storage. */
  FakeHub large(String path, byte[] content) {
    large.add(path);
    return put(path, content);
  }

  /** Begins a new commit, which {@code main} is from now on, with the files of the last. */
  void commit(String commit) {
    commits.put(commit, new LinkedHashMap<>(files(head)));
    head = commit;
  }

  /** Leaves sizes and checksums out of listings. */
  void saysNothingInListings() {
    silent = true;
  }

  /** Gives this for the next listing that is asked for. */
  void nextListing(Answer answer) {
    listings.add(answer);
  }

  /** Gives this for the next content of a file that is asked for. */
  void nextContent(Answer answer) {
    contents.add(answer);
  }

  List<Request> requests() {
    return requests;
  }

  /** Requests for the content of a file. */
  List<Request> downloads(String path) {
    return requests.stream()
        .filter(r -> r.method().equals("GET") && r.target().endsWith("/" + path))
        .filter(r -> r.storage() || !large.contains(path))
        .toList();
  }

  /** Says how it should be, and ends the connection after so many bytes. */
  static Answer cutAfter(int bytes) {
    return (exchange, content) -> {
      exchange.getResponseHeaders().set("ETag", '"' + hex("SHA-256", content) + '"');
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content, 0, bytes);
      exchange.getResponseBody().flush();
      exchange.close();
    };
  }

  /** A status without a body. */
  static Answer status(int status, String... headers) {
    return (exchange, content) -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
    };
  }

  /** Other bytes of the same length. */
  static Answer other(byte[] bytes) {
    return (exchange, content) -> serve(exchange, bytes);
  }

  @Override
  public void close() {
    hub.stop(0);
    storage.stop(0);
    threads.shutdownNow();
  }

  private FakeHub put(String path, byte[] content) {
    files(head).put(path, content);
    return this;
  }

  private Map<String, byte[]> files(String commit) {
    return Objects.requireNonNull(commits.get(commit), commit);
  }

  private byte[] stored(String commit, String path) {
    return Objects.requireNonNull(files(commit).get(path), path);
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.add(request(exchange, false));
    String path = exchange.getRequestURI().getPath();
    Answer listing = path.startsWith("/api/") ? listings.poll() : null;
    if (listing != null) {
      listing.give(exchange, new byte[0]);
    } else if (path.startsWith("/api/models/org/model/revision/")) {
      list(exchange, path.substring("/api/models/org/model/revision/".length()));
    } else if (path.startsWith("/org/model/resolve/")) {
      String[] place = path.substring("/org/model/resolve/".length()).split("/", 2);
      resolve(exchange, place[0], place[1]);
    } else {
      status(404, "X-Error-Code", "RepoNotFound").give(exchange, new byte[0]);
    }
  }

  private void list(HttpExchange exchange, String revision) throws IOException {
    String commit = revision.equals("main") ? head : revision;
    if (!commits.containsKey(commit)) {
      status(404, "X-Error-Code", "RevisionNotFound").give(exchange, new byte[0]);
      return;
    }
    ObjectNode root = new JsonMapper().createObjectNode().put("sha", commit);
    ArrayNode siblings = root.putArray("siblings");
    files(commit)
        .forEach(
            (path, content) -> {
              ObjectNode file = siblings.addObject().put("rfilename", path);
              if (!silent) {
                file.put("size", content.length).put("blobId", blob(content));
              }
              if (!silent && large.contains(path)) {
                String sha256 = hex("SHA-256", content);
                file.putObject("lfs").put("sha256", sha256).put("size", content.length);
              }
            });
    byte[] json = root.toString().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, json.length);
    exchange.getResponseBody().write(json);
    exchange.close();
  }

  private void resolve(HttpExchange exchange, String commit, String path) throws IOException {
    byte[] content = stored(commit, path);
    Headers headers = exchange.getResponseHeaders();
    headers.set("X-Repo-Commit", commit);
    if (!large.contains(path)) {
      headers.set("ETag", '"' + blob(content) + '"');
      content(exchange, content);
      return;
    }
    headers.set("X-Linked-Etag", '"' + hex("SHA-256", content) + '"');
    headers.set("X-Linked-Size", Integer.toString(content.length));
    headers.set(
        "Location",
        "http://127.0.0.1:%d/%s/%s".formatted(storage.getAddress().getPort(), commit, path));
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private void content(HttpExchange exchange, byte[] content) throws IOException {
    Answer answer = exchange.getRequestMethod().equals("GET") ? contents.poll() : null;
    if (answer != null) {
      answer.give(exchange, content);
    } else {
      serve(exchange, content);
    }
  }

  private static void serve(HttpExchange exchange, byte[] content) throws IOException {
    Headers asked = exchange.getRequestHeaders();
    Headers headers = exchange.getResponseHeaders();
    String etag = '"' + hex("SHA-256", content) + '"';
    headers.putIfAbsent("ETag", List.of(etag));
    if (exchange.getRequestMethod().equals("HEAD")) {
      headers.set("Content-Length", Integer.toString(content.length));
      exchange.sendResponseHeaders(200, -1);
      exchange.close();
      return;
    }
    String condition = asked.getFirst("If-Range");
    boolean same = condition == null || condition.equals(headers.getFirst("ETag"));
    int from = asked.getFirst("Range") == null || !same ? 0 : start(asked.getFirst("Range"));
    if (from > 0) {
      headers.set(
          "Content-Range", "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
    }
    exchange.sendResponseHeaders(
        from > 0 ? 206 : 200, content.length == 0 ? -1 : content.length - from);
    try (OutputStream body = exchange.getResponseBody()) {
      body.write(content, from, content.length - from);
    }
  }

  private static int start(String range) {
    return Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
  }

  private static Request request(HttpExchange exchange, boolean storage) {
    Headers copy = new Headers();
    copy.putAll(exchange.getRequestHeaders());
    return new Request(
        storage, exchange.getRequestMethod(), exchange.getRequestURI().toString(), copy);
  }

  private static String blob(byte[] content) {
    byte[] head = ("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(head, head.length + content.length);
    System.arraycopy(content, 0, all, head.length, content.length);
    return hex("SHA-1", all);
  }

  private static String hex(String algorithm, byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpServer server(String host) {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
