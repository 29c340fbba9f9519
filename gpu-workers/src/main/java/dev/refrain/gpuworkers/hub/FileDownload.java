package dev.refrain.gpuworkers.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Fetches one file into its part and goes on where a part is. A part is kept as long as it may
 * become the file: it is thrown away where the server has another file by now, or the whole does
 * not have the checksum that the hub says.
 */
final class FileDownload {
  private final HubClient client;
  private final HubModel model;
  private final HubFile file;
  private final PullFolder folder;
  private final LongConsumer held;

  /**
   * @param held told how many bytes of the file are there, whenever that has changed
   */
  FileDownload(
      HubClient client, HubModel model, HubFile file, PullFolder folder, LongConsumer held) {
    this.client = client;
    this.model = model;
    this.file = file;
    this.folder = folder;
    this.held = held;
  }

  /**
   * Fetches what is missing, checks the whole, and finishes the file.
   *
   * @param stall most time in which not one byte comes
   * @throws HubException if the whole file, fetched afresh, has another checksum
   */
  void run(Retries retries, Duration stall) throws IOException, InterruptedException {
    boolean resumed = size() > 0;
    fetch(retries, stall);
    if (resumed && !PullFolder.matches(file, folder.part(file))) {
      discard();
      fetch(retries, stall);
    }
    if (!PullFolder.matches(file, folder.part(file))) {
      String actual = file.checksum() == null ? "" : file.checksum().actual(folder.part(file));
      discard();
      throw new HubException(
          "%s came with the checksum %s, the hub says %s: it was damaged on its way or at the server. The same command fetches it again."
              .formatted(
                  file.path(), actual, file.checksum() == null ? "" : file.checksum().hex()));
    }
    folder.finish(file);
  }

  private void fetch(Retries retries, Duration stall) throws InterruptedException {
    var unused =
        retries.run(
            "Fetching " + file.path(),
            this::size,
            () -> {
              attempt(stall);
              return size();
            });
  }

  private void attempt(Duration stall) throws IOException, InterruptedException {
    long from = size();
    if (from > file.size()) {
      discard();
      from = 0;
    }
    if (from == file.size() && from > 0) {
      return;
    }
    String etag = Files.exists(folder.etag(file)) ? Files.readString(folder.etag(file)) : null;
    HttpResponse<InputStream> response = client.open(model, file, from, etag);
    try (InputStream body = new StallGuard(response.body(), stall)) {
      if (response.statusCode() == 200) {
        discard();
        begin(response);
      } else if (!continues(response, from, etag)) {
        discard();
        throw new IOException("the server has another file by now; it is fetched from its start");
      }
      append(body);
    }
    if (size() < file.size()) {
      throw new IOException(
          "the connection ended after %,d of %,d bytes".formatted(size(), file.size()));
    }
  }

  private void begin(HttpResponse<InputStream> response) throws IOException {
    Files.createDirectories(folder.part(file).getParent());
    String etag = response.headers().firstValue("ETag").orElse("");
    // If-Range takes no weak validators (RFC 9110, section 13.1.5).
    if (etag.startsWith("\"")) {
      Files.writeString(folder.etag(file), etag);
    }
  }

  private boolean continues(HttpResponse<InputStream> response, long from, @Nullable String etag) {
    String range = response.headers().firstValue("Content-Range").orElse("");
    String now = response.headers().firstValue("ETag").orElse("");
    return range.startsWith("bytes %d-".formatted(from))
        && (range.endsWith("/" + file.size()) || range.endsWith("/*"))
        && (etag == null || now.isEmpty() || now.equals(etag));
  }

  private void append(InputStream body) throws IOException {
    try (FileChannel part =
        FileChannel.open(
            folder.part(file),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND)) {
      byte[] block = new byte[1 << 16];
      for (int read = body.read(block); read >= 0; read = body.read(block)) {
        write(part, ByteBuffer.wrap(block, 0, read));
        held.accept(part.size());
        if (part.size() > file.size()) {
          throw new HubException(
              "The server sends more than the %,d bytes that %s has: it is no hub, or not the file"
                  .formatted(file.size(), file.path()));
        }
      }
      part.force(true);
    }
  }

  /** Tells a disk that is full from a connection that broke. */
  private void write(FileChannel part, ByteBuffer bytes) throws IOException {
    try {
      while (bytes.hasRemaining()) {
        part.write(bytes);
      }
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      FileSystemException full =
          new FileSystemException(folder.part(file).toString(), null, e.getMessage());
      full.initCause(e);
      throw full;
    }
  }

  private long size() {
    Path part = folder.part(file);
    try {
      return Files.exists(part) ? Files.size(part) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  private void discard() throws IOException {
    Files.deleteIfExists(folder.part(file));
    Files.deleteIfExists(folder.etag(file));
    held.accept(0);
  }
}
