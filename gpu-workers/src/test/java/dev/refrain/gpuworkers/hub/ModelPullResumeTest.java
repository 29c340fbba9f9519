package dev.refrain.gpuworkers.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pulls that break off, wait, or find another file than they left. */
class ModelPullResumeTest {
  @TempDir Path folder;
  private Pulls pulls;

  @BeforeEach
  void publish() throws IOException {
    pulls = new Pulls(folder);
  }

  @AfterEach
  void close() {
    pulls.close();
  }

  @Test
  void goesOnWhereAConnectionWasCut() throws Exception {
    pulls.hub.nextContent(FakeHub.status(503));
    pulls.hub.nextContent(FakeHub.status(503));
    pulls.hub.nextContent(FakeHub.cutAfter(100_000));
    pulls.hub.nextContent(FakeHub.status(503));
    PulledModel pulled = pulls.pull("org/model", List.of(Pulls.WEIGHTS));

    assertThat(pulled.folder().resolve(Pulls.WEIGHTS)).hasBinaryContent(pulls.weights);
    List<FakeHub.Request> downloads = pulls.hub.downloads(Pulls.WEIGHTS);
    assertThat(downloads).as("failures are counted anew after a gain").hasSize(5);
    assertThat(downloads.getFirst().header("Range")).isEmpty();
    assertThat(downloads.getLast().header("Range")).isEqualTo("bytes=100000-");
    assertThat(downloads.getLast().header("If-Range")).matches("\"[0-9a-f]{64}\"");
    assertThat(pulls.waits)
        .hasSize(4)
        .allMatch(text -> text.startsWith("Fetching model.safetensors: "));
  }

  @Test
  void startsAfreshWhereTheFileHasChanged() throws Exception {
    pulls.hub.nextContent(cutWithTag("\"old\"", 100_000));
    assertThat(pulls.pull("org/model", List.of(Pulls.WEIGHTS)).folder().resolve(Pulls.WEIGHTS))
        .hasBinaryContent(pulls.weights);
    assertThat(pulls.hub.downloads(Pulls.WEIGHTS).getLast().header("If-Range"))
        .isEqualTo("\"old\"");
  }

  @Test
  void startsAfreshWhereAServerContinuesAnotherFile() throws Exception {
    pulls.hub.nextContent(FakeHub.cutAfter(100_000));
    pulls.hub.nextContent(
        (exchange, content) -> {
          exchange.getResponseHeaders().set("ETag", "\"new\"");
          exchange
              .getResponseHeaders()
              .set("Content-Range", "bytes 100000-%d/%d".formatted(Pulls.SIZE - 1, Pulls.SIZE));
          exchange.sendResponseHeaders(206, Pulls.SIZE - 100_000);
          exchange.getResponseBody().write(Pulls.bytes(9), 0, Pulls.SIZE - 100_000);
          exchange.close();
        });
    assertThat(pulls.pull("org/model", List.of(Pulls.WEIGHTS)).folder().resolve(Pulls.WEIGHTS))
        .hasBinaryContent(pulls.weights);
    assertThat(pulls.waits).last().asString().contains("the server has another file by now");
    assertThat(pulls.hub.downloads(Pulls.WEIGHTS).getLast().header("Range")).isEmpty();
  }

  @Test
  void startsAfreshWhereAPartWasDamagedOnDisk() throws Exception {
    failAfter(100_000);
    Path part = pulls.unfinished().resolve("parts").resolve(Pulls.WEIGHTS + ".part");
    assertThat(part).hasSize(100_000);
    Files.write(part, new byte[100_000]);

    assertThat(pulls.pull("org/model").folder().resolve(Pulls.WEIGHTS))
        .hasBinaryContent(pulls.weights);
  }

  @Test
  void waitsAsLongAsABusyServerAsks() throws Exception {
    pulls.hub.nextListing(FakeHub.status(429, "Retry-After", "1"));
    pulls.pull("org/model", List.of("config.json"));
    assertThat(pulls.delays).containsExactly(Duration.ofSeconds(1));
    assertThat(pulls.waits).first().asString().contains("localhost answers 429");
  }

  @Test
  void doesNotWaitForHours() {
    pulls.hub.nextListing(FakeHub.status(429, "Retry-After", "3600"));
    assertThatThrownBy(() -> pulls.pull("org/model"))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("asks to come back in 3600 s");
  }

  @Test
  void givesUpAfterSomeFailuresInARowAndWaitsLongerEachTime() {
    for (int i = 0; i < 3; i++) {
      pulls.hub.nextListing(FakeHub.status(500));
    }
    assertThatThrownBy(() -> pulls.pull("org/model"))
        .isInstanceOf(HubException.class)
        .hasMessageContainingAll("failed 3 times in a row", "localhost answers 500");
    assertThat(pulls.delays).hasSize(2);
    assertThat(pulls.delays.getFirst()).isBetween(Duration.ofMillis(10), Duration.ofMillis(20));
    assertThat(pulls.delays.getLast()).isBetween(Duration.ofMillis(20), Duration.ofMillis(40));
  }

  @Test
  void doesNotWaitForAServerThatStalls() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    pulls.hub.nextContent(hanging(Pulls.SIZE / 3, new CountDownLatch(1), end));
    assertThat(pulls.pull("org/model", List.of(Pulls.WEIGHTS)).folder().resolve(Pulls.WEIGHTS))
        .hasBinaryContent(pulls.weights);
    assertThat(pulls.waits).singleElement().asString().contains("no byte came for 2000 ms");
    end.countDown();
  }

  @Test
  void keepsToOneCommitWhereTheRevisionMovesOn() throws Exception {
    failAfter(100_000);
    pulls.hub.commit(Pulls.NEXT_COMMIT);
    byte[] newer = Pulls.bytes(7);
    pulls.hub.large(Pulls.WEIGHTS, newer);
    PulledModel pulled = pulls.pull("org/model");

    assertThat(pulled.commit()).isEqualTo(Pulls.NEXT_COMMIT);
    assertThat(pulled.folder().resolve(Pulls.WEIGHTS)).hasBinaryContent(newer);
    assertThat(pulls.hub.downloads(Pulls.WEIGHTS).getLast().header("Range")).isEmpty();
    assertThat(pulls.store().list())
        .extracting(StoredModel::commit, StoredModel::whole, StoredModel::revisions)
        .containsExactly(
            tuple(Pulls.NEXT_COMMIT, true, List.of("main")),
            tuple(FakeHub.COMMIT, false, List.of()));

    PulledModel older = pulls.pull("org/model@" + FakeHub.COMMIT);
    assertThat(older.folder().resolve(Pulls.WEIGHTS)).hasBinaryContent(pulls.weights);
    assertThat(pulls.hub.downloads(Pulls.WEIGHTS).getLast().header("Range"))
        .isEqualTo("bytes=100000-");
    assertThat(pulls.store().find(Pulls.reference("org/model"))).hasValue(pulled.folder());
    assertThat(pulls.store().find(Pulls.reference("org/model@0123456"))).hasValue(older.folder());
  }

  @Test
  void leavesNothingThatLooksWholeWhereItsProcessIsKilled() throws Exception {
    CountDownLatch sent = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    pulls.hub.nextContent(FakeHub.status(503));
    pulls.hub.nextContent(hanging(200_000, sent, end));
    Process process =
        PullProcess.start(pulls.hub.address(), folder.resolve("store"), Pulls.WEIGHTS);
    sent.await();
    Path part = awaitPart();
    assertThatThrownBy(() -> pulls.pull("org/model", List.of(Pulls.WEIGHTS)))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("Process %d is pulling into".formatted(process.pid()));
    process.destroyForcibly().waitFor();
    end.countDown();

    assertThat(pulls.store().find(Pulls.reference("org/model"))).isEmpty();
    assertThat(pulls.store().list()).singleElement().matches(model -> !model.whole());
    long held = Files.size(part);
    PulledModel pulled = pulls.pull("org/model", List.of(Pulls.WEIGHTS));
    assertThat(pulled.folder().resolve(Pulls.WEIGHTS)).hasBinaryContent(pulls.weights);
    assertThat(pulled.fetched()).isEqualTo(Pulls.SIZE - held);
    assertThat(pulls.hub.downloads(Pulls.WEIGHTS).getLast().header("Range"))
        .isEqualTo("bytes=" + held + "-");
  }

  @Test
  void keepsThePartWhereItIsInterrupted() throws Exception {
    CountDownLatch sent = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    pulls.hub.nextContent(hanging(200_000, sent, end));
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    Thread puller =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    failure.completeExceptionally(
                        new AssertionError(pulls.pull("org/model", List.of(Pulls.WEIGHTS))));
                  } catch (Exception e) {
                    failure.complete(e);
                  }
                });
    sent.await();
    awaitPart();
    puller.interrupt();
    assertThat(failure.get()).isInstanceOf(InterruptedException.class);
    assertThat(pulls.waits).isEmpty();
    end.countDown();

    assertThat(pulls.pull("org/model", List.of(Pulls.WEIGHTS)).fetched()).isLessThan(Pulls.SIZE);
  }

  @Test
  void doesNotGoOnWithFilesOfAnotherCommit() throws Exception {
    Path out = folder.resolve("mine");
    pulls.hub.nextContent(
        FakeHub.other("{\"model_type\": \"llama\"}".getBytes(StandardCharsets.UTF_8)));
    for (int i = 0; i < Pulls.PACE.attempts(); i++) {
      pulls.hub.nextContent(FakeHub.status(500));
    }
    List<String> files = List.of("config.json", Pulls.WEIGHTS);
    assertThatThrownBy(() -> pulls.pull(pulls.hub.address(), "org/model", files, out))
        .hasMessageContaining("the same command goes on");
    pulls.hub.commit(Pulls.NEXT_COMMIT);
    pulls.hub.small("config.json", "{\"model_type\": \"other\"}");

    pulls.pull(pulls.hub.address(), "org/model", files, out);
    assertThat(out.resolve("config.json")).hasContent("{\"model_type\": \"other\"}");
  }

  @Test
  void doesNotTryAgainWhereTheDiskRefuses() throws Exception {
    failAfter(100_000);
    Path parts = pulls.unfinished().resolve("parts");
    Files.delete(parts.resolve(Pulls.WEIGHTS + ".part"));
    Files.delete(parts.resolve(Pulls.WEIGHTS + ".etag"));
    Files.delete(parts);
    Files.writeString(parts, "in the way");
    pulls.waits.clear();

    assertThatThrownBy(() -> pulls.pull("org/model"))
        .isInstanceOf(HubException.class)
        .hasMessageContainingAll(parts.toString(), "check the disk");
    assertThat(pulls.waits).isEmpty();
  }

  @Test
  void doesNotFollowRedirectsForEver() {
    for (int i = 0; i < 20; i++) {
      pulls.hub.nextListing(FakeHub.status(302, "Location", "/api/again"));
    }
    assertThatThrownBy(() -> pulls.pull("org/model"))
        .hasMessageContaining("redirects more than 10 times");
  }

  private void failAfter(int bytes) {
    pulls.hub.nextContent(FakeHub.cutAfter(bytes));
    for (int i = 0; i < Pulls.PACE.attempts() - 1; i++) {
      pulls.hub.nextContent(FakeHub.status(500));
    }
    assertThatThrownBy(() -> pulls.pull("org/model", List.of(Pulls.WEIGHTS)))
        .hasMessageContaining("the same command goes on");
    assertThat(pulls.store())
        .satisfies(s -> assertThat(s.find(Pulls.reference("org/model"))).isEmpty());
  }

  private static FakeHub.Answer cutWithTag(String etag, int bytes) {
    return (exchange, content) -> {
      exchange.getResponseHeaders().set("ETag", etag);
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(new byte[bytes]);
      exchange.getResponseBody().flush();
      exchange.close();
    };
  }

  /** Sends so many bytes, says so, and then nothing until the end. */
  private static FakeHub.Answer hanging(int bytes, CountDownLatch sent, CountDownLatch end) {
    return (exchange, content) -> {
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content, 0, bytes);
      exchange.getResponseBody().flush();
      sent.countDown();
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      exchange.close();
    };
  }

  private Path awaitPart() throws Exception {
    while (true) {
      try (Stream<Path> files = Files.walk(folder)) {
        List<Path> parts = files.filter(p -> p.toString().endsWith(".part")).toList();
        if (!parts.isEmpty() && Files.size(parts.getFirst()) > 0) {
          return parts.getFirst();
        }
      }
      Thread.sleep(10);
    }
  }
}
