package dev.refrain.gpuworkers.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The part of the Hugging Face Hub's interface that a pull needs: {@code
 * /api/models/ORG/NAME/revision/REV?blobs=true} lists the files of a revision, {@code
 * /ORG/NAME/resolve/COMMIT/FILE} gives one.
 */
final class HubClient implements AutoCloseable {
  /** Listings of the largest repositories have a few MiB. */
  private static final int LONGEST_LISTING = 64 << 20;

  private final HubConnection connection;

  HubClient(HubSettings settings) {
    this.connection = new HubConnection(settings);
  }

  /** Resolves a revision to its commit, and lists the commit's files. */
  HubModel list(ModelReference reference) throws IOException, InterruptedException {
    String path =
        "/api/models/%s/revision/%s?blobs=true"
            .formatted(reference.repository(), encoded(reference.revision()));
    JsonNode root;
    try (InputStream body = connection.get(path, Map.of("Accept", "application/json")).body()) {
      byte[] json = body.readNBytes(LONGEST_LISTING);
      root = new JsonMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new HubException(
          "The answer for %s is no JSON: check the hub's address".formatted(reference), e);
    }
    List<HubFile> files = new ArrayList<>();
    for (JsonNode sibling : root.path("siblings")) {
      files.add(file(sibling));
    }
    return new HubModel(reference.repository(), root.path("sha").asText(), files);
  }

  /**
   * Asks for a file's size and checksum where the listing had none.
   *
   * @throws HubException if the server answers for another commit, or does not say them either
   */
  HubFile complete(HubModel model, HubFile file) throws IOException, InterruptedException {
    HttpResponse<InputStream> response = connection.head(resolve(model, file));
    response.body().close();
    HttpHeaders headers = response.headers();
    String commit = headers.firstValue("X-Repo-Commit").orElse(model.commit());
    if (!commit.equals(model.commit())) {
      throw new HubException(
          "The server answers for commit %s of %s, but %s was asked for; try again"
              .formatted(commit, model.repository(), model.commit()));
    }
    boolean here = response.statusCode() == 200;
    long size =
        headers
            .firstValueAsLong("X-Linked-Size")
            .orElse(here ? headers.firstValueAsLong("Content-Length").orElse(-1) : -1);
    Checksum checksum =
        headers
            .firstValue("X-Linked-Etag")
            .or(() -> headers.firstValue("ETag"))
            .flatMap(Checksum::ofEtag)
            .orElse(file.checksum());
    HubFile complete = new HubFile(file.path(), file.size() >= 0 ? file.size() : size, checksum);
    if (!complete.known()) {
      throw new HubException(
          "The server says no size or no checksum of %s, so nobody could tell whether it arrives whole; use a hub that does"
              .formatted(file.path()));
    }
    return complete;
  }

  /**
   * Asks for a file from a byte on.
   *
   * @param etag of the answer that the bytes before came from; null where it gave none. If the file
   *     has another by now, the answer is the whole of it
   * @return an answer of status 200 with the whole file, 206 with the rest of it, or 416 if it has
   *     no such byte; the caller closes the body
   */
  HttpResponse<InputStream> open(HubModel model, HubFile file, long from, @Nullable String etag)
      throws IOException, InterruptedException {
    Map<String, String> headers = new LinkedHashMap<>();
    if (from > 0) {
      headers.put("Range", "bytes=%d-".formatted(from));
      if (etag != null) {
        headers.put("If-Range", etag);
      }
    }
    return connection.get(resolve(model, file), headers);
  }

  @Override
  public void close() {
    connection.close();
  }

  private static HubFile file(JsonNode sibling) {
    JsonNode large = sibling.path("lfs");
    String sha256 = large.path("sha256").asText(large.path("oid").asText().replace("sha256:", ""));
    return new HubFile(
        sibling.path("rfilename").asText(),
        large.path("size").asLong(sibling.path("size").asLong(HubFile.UNKNOWN)),
        Checksum.of(Checksum.Kind.SHA256, sha256)
            .or(() -> Checksum.of(Checksum.Kind.GIT_BLOB, sibling.path("blobId").asText()))
            .filter(known -> !large.isObject() || known.kind() == Checksum.Kind.SHA256)
            .orElse(null));
  }

  private static String resolve(HubModel model, HubFile file) {
    String path =
        Arrays.stream(file.path().split("/", -1))
            .map(HubClient::encoded)
            .collect(Collectors.joining("/"));
    return "/%s/resolve/%s/%s".formatted(model.repository(), model.commit(), path);
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
