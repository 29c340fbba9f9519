package dev.refrain.gpuworkers.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelPullTest {
  private static final String WEIGHTS = "model.safetensors";
  private static final String TOKEN = "hf_secret";
  private static final String NEXT_COMMIT = "fedcba9876543210fedcba9876543210fedcba98";
  private static final int SIZE = 300_000;
  private static final Pace PACE =
      new Pace(
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(2),
          Duration.ofMillis(20),
          Duration.ofSeconds(2),
          3);

  @TempDir Path folder;
  private final List<String> waits = new ArrayList<>();
  private final List<Duration> delays = new ArrayList<>();
  private final List<Long> progress = new ArrayList<>();
  private final byte[] weights = bytes(1);
  private FakeHub hub;

  @BeforeEach
  void publish() throws IOException {
    hub =
        new FakeHub()
            .small("config.json", "{\"model_type\": \"llama\"}")
            .small("tokenizer.json", "{}")
            .large(WEIGHTS, weights);
  }

  @AfterEach
  void close() {
    hub.close();
  }

  @Test
  void fetchesWhatRefrainReadsAndNamesWhatItLeaves() throws Exception {
    hub.small("tokenizer_config.json", "{}")
        .small("chat_template.jinja", "{{ messages }}")
        .small("README.md", "# Read me")
        .large("pytorch_model.bin", bytes(2))
        .large("consolidated.safetensors", bytes(3))
        .large("onnx/model.onnx", bytes(4));
    PulledModel pulled = pull("org/model");

    assertThat(pulled.folder()).isEqualTo(folder.resolve("store/org/model/" + FakeHub.COMMIT));
    assertThat(content(pulled.folder()))
        .containsExactlyInAnyOrder(
            "chat_template.jinja",
            "config.json",
            WEIGHTS,
            "tokenizer.json",
            "tokenizer_config.json");
    assertThat(pulled.folder().resolve(WEIGHTS)).hasBinaryContent(weights);
    assertThat(pulled.skipped())
        .containsExactly(
            "README.md", "pytorch_model.bin", "consolidated.safetensors", "onnx/model.onnx");
    assertThat(progress).isSorted().endsWith(pulled.bytes());
    assertThat(store().find(reference("org/model"))).hasValue(pulled.folder());
  }

  @Test
  void fetchesTheShardsOfALargeModelOnly() throws Exception {
    try (FakeHub sharded = new FakeHub()) {
      sharded
          .small("model.safetensors.index.json", "{}")
          .large("model-00001-of-00002.safetensors", bytes(2))
          .large("model-00002-of-00002.safetensors", bytes(3))
          .large("consolidated.safetensors", bytes(4))
          .large("other/model.safetensors", bytes(5));
      PulledModel pulled = pull(sharded.address(), "org/model", List.of(), null);
      assertThat(pulled.skipped())
          .containsExactly("consolidated.safetensors", "other/model.safetensors");
    }
  }

  @Test
  void fetchesNothingTwice() throws Exception {
    PulledModel first = pull("org/model");
    int requests = hub.requests().size();
    PulledModel second = pull("org/model");

    assertThat(first.fetched()).isEqualTo(first.bytes());
    assertThat(second.fetched()).isZero();
    assertThat(second.folder()).isEqualTo(first.folder());
    assertThat(hub.requests()).hasSize(requests + 1);
    assertThat(content(folder.resolve("store/org/model")))
        .allMatch(path -> path.startsWith(FakeHub.COMMIT) || path.equals("refs/main"));
  }

  @Test
  void goesOnWhereAConnectionWasCut() throws Exception {
    hub.nextContent(FakeHub.status(503));
    hub.nextContent(FakeHub.status(503));
    hub.nextContent(FakeHub.cutAfter(100_000));
    hub.nextContent(FakeHub.status(503));
    PulledModel pulled = pull("org/model", List.of(WEIGHTS));

    assertThat(pulled.folder().resolve(WEIGHTS)).hasBinaryContent(weights);
    List<FakeHub.Request> downloads = hub.downloads(WEIGHTS);
    assertThat(downloads).as("failures are counted anew after a gain").hasSize(5);
    assertThat(downloads.getFirst().header("Range")).isEmpty();
    assertThat(downloads.getLast().header("Range")).isEqualTo("bytes=100000-");
    assertThat(downloads.getLast().header("If-Range")).matches("\"[0-9a-f]{64}\"");
    assertThat(waits).hasSize(4).allMatch(text -> text.startsWith("Fetching model.safetensors: "));
  }

  @Test
  void startsAfreshWhereTheFileHasChanged() throws Exception {
    hub.nextContent(cutWithTag("\"old\"", 100_000));
    assertThat(pull("org/model", List.of(WEIGHTS)).folder().resolve(WEIGHTS))
        .hasBinaryContent(weights);
    assertThat(hub.downloads(WEIGHTS).getLast().header("If-Range")).isEqualTo("\"old\"");
  }

  @Test
  void startsAfreshWhereAServerContinuesAnotherFile() throws Exception {
    hub.nextContent(FakeHub.cutAfter(100_000));
    hub.nextContent(
        (exchange, content) -> {
          exchange.getResponseHeaders().set("ETag", "\"new\"");
          exchange
              .getResponseHeaders()
              .set("Content-Range", "bytes 100000-%d/%d".formatted(SIZE - 1, SIZE));
          exchange.sendResponseHeaders(206, SIZE - 100_000);
          exchange.getResponseBody().write(bytes(9), 0, SIZE - 100_000);
          exchange.close();
        });
    assertThat(pull("org/model", List.of(WEIGHTS)).folder().resolve(WEIGHTS))
        .hasBinaryContent(weights);
    assertThat(waits).last().asString().contains("the server has another file by now");
    assertThat(hub.downloads(WEIGHTS).getLast().header("Range")).isEmpty();
  }

  @Test
  void startsAfreshWhereAPartWasDamagedOnDisk() throws Exception {
    failAfter(100_000);
    Path part = unfinished().resolve("parts").resolve(WEIGHTS + ".part");
    assertThat(part).hasSize(100_000);
    Files.write(part, new byte[100_000]);

    assertThat(pull("org/model").folder().resolve(WEIGHTS)).hasBinaryContent(weights);
  }

  @ParameterizedTest
  @ValueSource(strings = {WEIGHTS, "config.json"})
  void refusesAFileWithAnotherChecksum(String name) throws Exception {
    byte[] damaged =
        name.equals(WEIGHTS)
            ? bytes(5)
            : "{\"model_type\": \"lIama\"}".getBytes(StandardCharsets.US_ASCII);
    hub.nextContent(FakeHub.other(damaged));

    assertThatThrownBy(() -> pull("org/model", List.of(name)))
        .isInstanceOf(HubException.class)
        .hasMessageContainingAll(name, "came with the checksum", "the hub says");
    assertThat(store().find(reference("org/model"))).isEmpty();
    assertThat(pull("org/model", List.of(name)).files()).containsExactly(name);
  }

  @Test
  void sendsTheTokenToTheHubAlone() throws Exception {
    pull("org/model");

    assertThat(hub.requests()).anyMatch(FakeHub.Request::storage);
    assertThat(hub.requests())
        .allSatisfy(
            request ->
                assertThat(request.header("Authorization"))
                    .isEqualTo(request.storage() ? "" : "Bearer " + TOKEN));
    assertThat(settings(hub.address()).toString()).doesNotContain(TOKEN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | | hf_secret | the token in HF_TOKEN is refused",
        "401 | RepoNotFound | '' | set HF_TOKEN to a token that may read it",
        "401 | GatedRepo | '' | gated; accept its terms on its page, then set HF_TOKEN",
        "403 | GatedRepo | hf_secret | accept its terms on its page with the account of the token",
        "403 | | hf_secret | may not read this",
        "404 | RepoNotFound | hf_secret | no such model or revision; check the spelling",
        "404 | RevisionNotFound | hf_secret | has no such revision",
        "400 | | hf_secret | check the hub's address"
      })
  void saysWhatToDoWhereTheHubRefuses(int status, String code, String token, String remedy) {
    hub.nextListing(
        FakeHub.status(
            status,
            "X-Error-Code",
            code == null ? "none" : code,
            "X-Error-Message",
            "no, " + status));
    HubSettings settings = new HubSettings(hub.address(), token, PACE);

    assertThatThrownBy(
            () ->
                new ModelPull(settings, store(), listener())
                    .pull(reference("org/model@v2"), List.of(), null))
        .isInstanceOf(HubException.class)
        .hasMessageContainingAll(
            "localhost",
            "answers %d for org/model/revision/v2 (\"no, %d\")".formatted(status, status),
            remedy)
        .hasMessageNotContaining(TOKEN);
    assertThat(waits).isEmpty();
  }

  @Test
  void saysThatAModelOrRevisionIsUnknown() {
    assertThatThrownBy(() -> pull("org/other")).hasMessageContaining("check the spelling");
    assertThatThrownBy(() -> pull("org/model@v9")).hasMessageContaining("no such revision");
  }

  @Test
  void waitsAsLongAsABusyServerAsks() throws Exception {
    hub.nextListing(FakeHub.status(429, "Retry-After", "1"));
    pull("org/model", List.of("config.json"));
    assertThat(delays).containsExactly(Duration.ofSeconds(1));
    assertThat(waits).first().asString().contains("localhost answers 429");
  }

  @Test
  void doesNotWaitForHours() {
    hub.nextListing(FakeHub.status(429, "Retry-After", "3600"));
    assertThatThrownBy(() -> pull("org/model"))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("asks to come back in 3600 s");
  }

  @Test
  void givesUpAfterSomeFailuresInARowAndWaitsLongerEachTime() {
    for (int i = 0; i < 3; i++) {
      hub.nextListing(FakeHub.status(500));
    }
    assertThatThrownBy(() -> pull("org/model"))
        .isInstanceOf(HubException.class)
        .hasMessageContainingAll("failed 3 times in a row", "localhost answers 500");
    assertThat(delays).hasSize(2);
    assertThat(delays.getFirst()).isBetween(Duration.ofMillis(10), Duration.ofMillis(20));
    assertThat(delays.getLast()).isBetween(Duration.ofMillis(20), Duration.ofMillis(40));
  }

  @Test
  void doesNotWaitForAServerThatStalls() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    hub.nextContent(hanging(SIZE / 3, new CountDownLatch(1), end));
    assertThat(pull("org/model", List.of(WEIGHTS)).folder().resolve(WEIGHTS))
        .hasBinaryContent(weights);
    assertThat(waits).singleElement().asString().contains("no byte came for 2000 ms");
    end.countDown();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../evil.json", "/etc/evil", "a/../../evil", "a//b", "a\\evil", "..", "", "a\nb"})
  void refusesFileNamesThatLeadOutOfTheFolder(String name) {
    hub.small(name, "evil");
    assertThatThrownBy(() -> pull("org/model"))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("no plain path inside the model");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void keepsToOneCommitWhereTheRevisionMovesOn() throws Exception {
    failAfter(100_000);
    hub.commit(NEXT_COMMIT);
    byte[] newer = bytes(7);
    hub.large(WEIGHTS, newer);
    PulledModel pulled = pull("org/model");

    assertThat(pulled.commit()).isEqualTo(NEXT_COMMIT);
    assertThat(pulled.folder().resolve(WEIGHTS)).hasBinaryContent(newer);
    assertThat(hub.downloads(WEIGHTS).getLast().header("Range")).isEmpty();
    assertThat(store().list())
        .extracting(StoredModel::commit, StoredModel::whole, StoredModel::revisions)
        .containsExactly(
            tuple(NEXT_COMMIT, true, List.of("main")), tuple(FakeHub.COMMIT, false, List.of()));

    PulledModel older = pull("org/model@" + FakeHub.COMMIT);
    assertThat(older.folder().resolve(WEIGHTS)).hasBinaryContent(weights);
    assertThat(hub.downloads(WEIGHTS).getLast().header("Range")).isEqualTo("bytes=100000-");
    assertThat(store().find(reference("org/model"))).hasValue(pulled.folder());
    assertThat(store().find(reference("org/model@0123456"))).hasValue(older.folder());
  }

  @Test
  void leavesNothingThatLooksWholeWhereItsProcessIsKilled() throws Exception {
    CountDownLatch sent = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    hub.nextContent(FakeHub.status(503));
    hub.nextContent(hanging(200_000, sent, end));
    Process process = PullProcess.start(hub.address(), folder.resolve("store"), WEIGHTS);
    sent.await();
    Path part = awaitPart();
    assertThatThrownBy(() -> pull("org/model", List.of(WEIGHTS)))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("Process %d is pulling into".formatted(process.pid()));
    process.destroyForcibly().waitFor();
    end.countDown();

    assertThat(store().find(reference("org/model"))).isEmpty();
    assertThat(store().list()).singleElement().matches(model -> !model.whole());
    long held = Files.size(part);
    PulledModel pulled = pull("org/model", List.of(WEIGHTS));
    assertThat(pulled.folder().resolve(WEIGHTS)).hasBinaryContent(weights);
    assertThat(pulled.fetched()).isEqualTo(SIZE - held);
    assertThat(hub.downloads(WEIGHTS).getLast().header("Range")).isEqualTo("bytes=" + held + "-");
  }

  @Test
  void keepsThePartWhereItIsInterrupted() throws Exception {
    CountDownLatch sent = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    hub.nextContent(hanging(200_000, sent, end));
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    Thread puller =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    failure.completeExceptionally(
                        new AssertionError(pull("org/model", List.of(WEIGHTS))));
                  } catch (Exception e) {
                    failure.complete(e);
                  }
                });
    sent.await();
    awaitPart();
    puller.interrupt();
    assertThat(failure.get()).isInstanceOf(InterruptedException.class);
    assertThat(waits).isEmpty();
    end.countDown();

    assertThat(pull("org/model", List.of(WEIGHTS)).fetched()).isLessThan(SIZE);
  }

  @Test
  void makesTheFolderThatIsAskedFor() throws Exception {
    Path out = folder.resolve("mine");
    assertThat(pull(hub.address(), "org/model", List.of(), out).folder()).isEqualTo(out);
    assertThat(content(out)).containsExactlyInAnyOrder("config.json", "tokenizer.json", WEIGHTS);
    assertThat(store().find(reference("org/model"))).isEmpty();

    hub.commit(NEXT_COMMIT);
    hub.small("config.json", "{\"model_type\": \"other\"}");
    assertThatThrownBy(() -> pull(hub.address(), "org/model", List.of(), out))
        .isInstanceOf(HubException.class)
        .hasMessageContainingAll(out.resolve("config.json").toString(), "--out");
    assertThat(out.resolve("config.json")).hasContent("{\"model_type\": \"llama\"}");
  }

  @Test
  void doesNotGoOnWithFilesOfAnotherCommit() throws Exception {
    Path out = folder.resolve("mine");
    hub.nextContent(FakeHub.other("{\"model_type\": \"llama\"}".getBytes(StandardCharsets.UTF_8)));
    for (int i = 0; i < PACE.attempts(); i++) {
      hub.nextContent(FakeHub.status(500));
    }
    List<String> files = List.of("config.json", WEIGHTS);
    assertThatThrownBy(() -> pull(hub.address(), "org/model", files, out))
        .hasMessageContaining("the same command goes on");
    hub.commit(NEXT_COMMIT);
    hub.small("config.json", "{\"model_type\": \"other\"}");

    pull(hub.address(), "org/model", files, out);
    assertThat(out.resolve("config.json")).hasContent("{\"model_type\": \"other\"}");
  }

  @Test
  void addsFilesToAFolderThatIsThere() throws Exception {
    hub.small("notes/a b#1.txt", "notes");
    pull("org/model", List.of("config.json"));
    PulledModel pulled = pull("org/model", List.of("config.json", "notes/*", WEIGHTS));
    assertThat(content(pulled.folder()))
        .containsExactlyInAnyOrder("config.json", "notes/a b#1.txt", WEIGHTS);
    assertThatThrownBy(() -> pull("org/model", List.of("*.gguf")))
        .hasMessageContaining("No file of org/model fits [*.gguf]");
  }

  @Test
  void asksForSizesAndChecksumsThatAListingLeavesOut() throws Exception {
    hub.saysNothingInListings();
    PulledModel pulled = pull("org/model");
    assertThat(pulled.bytes()).isEqualTo(SIZE + 23 + 2);

    hub.commit(NEXT_COMMIT);
    hub.nextContent(
        FakeHub.other("{\"model_type\": \"lIama\"}".getBytes(StandardCharsets.US_ASCII)));
    assertThatThrownBy(() -> pull("org/model")).hasMessageContaining("came with the checksum");
  }

  @Test
  void refusesAModelThatTheDiskCannotTake() {
    hub.nextListing(
        (exchange, _) -> {
          byte[] json =
              """
              {"sha": "%s", "siblings": [{"rfilename": "model.safetensors",
               "lfs": {"size": %d, "sha256": "%s"}}]}"""
                  .formatted(FakeHub.COMMIT, 1L << 60, "0".repeat(64))
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, json.length);
          exchange.getResponseBody().write(json);
          exchange.close();
        });
    assertThatThrownBy(() -> pull("org/model"))
        .isInstanceOf(HubException.class)
        .hasMessageContainingAll("MiB free", "1,099,511,627,777 MiB more are needed");
  }

  @Test
  void doesNotTryAgainWhereTheDiskRefuses() throws Exception {
    failAfter(100_000);
    Path parts = unfinished().resolve("parts");
    Files.delete(parts.resolve(WEIGHTS + ".part"));
    Files.delete(parts.resolve(WEIGHTS + ".etag"));
    Files.delete(parts);
    Files.writeString(parts, "in the way");
    waits.clear();

    assertThatThrownBy(() -> pull("org/model"))
        .isInstanceOf(HubException.class)
        .hasMessageContainingAll(parts.toString(), "check the disk");
    assertThat(waits).isEmpty();
  }

  @Test
  void refusesAModelWithoutSafetensors() throws Exception {
    try (FakeHub old = new FakeHub().large("pytorch_model.bin", bytes(2))) {
      assertThatThrownBy(() -> pull(old.address(), "org/model", List.of(), null))
          .isInstanceOf(HubException.class)
          .hasMessageContainingAll("neither model.safetensors nor", "pytorch_model.bin");
    }
  }

  @Test
  void doesNotFollowRedirectsForEver() {
    for (int i = 0; i < 20; i++) {
      hub.nextListing(FakeHub.status(302, "Location", "/api/again"));
    }
    assertThatThrownBy(() -> pull("org/model"))
        .hasMessageContaining("redirects more than 10 times");
  }

  private void failAfter(int bytes) {
    hub.nextContent(FakeHub.cutAfter(bytes));
    for (int i = 0; i < PACE.attempts() - 1; i++) {
      hub.nextContent(FakeHub.status(500));
    }
    assertThatThrownBy(() -> pull("org/model", List.of(WEIGHTS)))
        .hasMessageContaining("the same command goes on");
    assertThat(store()).satisfies(s -> assertThat(s.find(reference("org/model"))).isEmpty());
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

  private Path unfinished() throws IOException {
    return store().list().stream().filter(m -> !m.whole()).findFirst().orElseThrow().folder();
  }

  private PulledModel pull(String reference) throws Exception {
    return pull(reference, List.of());
  }

  private PulledModel pull(String reference, List<String> globs) throws Exception {
    return pull(hub.address(), reference, globs, null);
  }

  private PulledModel pull(URI address, String reference, List<String> globs, @Nullable Path out)
      throws Exception {
    return new ModelPull(settings(address), store(), listener())
        .pull(reference(reference), globs, out);
  }

  private static HubSettings settings(URI address) {
    return new HubSettings(address, TOKEN, PACE);
  }

  private ModelStore store() {
    return new ModelStore(folder.resolve("store"));
  }

  private static ModelReference reference(String text) {
    return ModelReference.parse(text).orElseThrow();
  }

  private PullListener listener() {
    return new PullListener() {
      @Override
      public void begins(String commit, long bytes, List<String> skipped) {}

      @Override
      public void file(String path, long bytes) {}

      @Override
      public void progress(long bytes) {
        progress.add(bytes);
      }

      @Override
      public void waits(String reason, Duration delay) {
        waits.add(reason);
        delays.add(delay);
      }
    };
  }

  private static List<String> content(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .toList();
    }
  }

  private static byte[] bytes(int seed) {
    byte[] bytes = new byte[SIZE];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
