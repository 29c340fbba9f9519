package dev.refrain.gpuworkers.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pull fetches, checks and refuses, from a hub that says what it is told to. */
class ModelPullTest {
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
  void fetchesWhatRefrainReadsAndNamesWhatItLeaves() throws Exception {
    pulls
        .hub
        .small("tokenizer_config.json", "{}")
        .small("chat_template.jinja", "{{ messages }}")
        .small("README.md", "# Read me")
        .large("pytorch_model.bin", Pulls.bytes(2))
        .large("consolidated.safetensors", Pulls.bytes(3))
        .large("onnx/model.onnx", Pulls.bytes(4));
    PulledModel pulled = pulls.pull("org/model");

    assertThat(pulled.folder()).isEqualTo(folder.resolve("store/org/model/" + FakeHub.COMMIT));
    assertThat(Pulls.content(pulled.folder()))
        .containsExactlyInAnyOrder(
            "chat_template.jinja",
            "config.json",
            Pulls.WEIGHTS,
            "tokenizer.json",
            "tokenizer_config.json");
    assertThat(pulled.folder().resolve(Pulls.WEIGHTS)).hasBinaryContent(pulls.weights);
    assertThat(pulled.skipped())
        .containsExactly(
            "README.md", "pytorch_model.bin", "consolidated.safetensors", "onnx/model.onnx");
    assertThat(pulls.progress).isSorted().endsWith(pulled.bytes());
    assertThat(pulls.store().find(Pulls.reference("org/model"))).hasValue(pulled.folder());
  }

  @Test
  void fetchesTheShardsOfALargeModelOnly() throws Exception {
    try (FakeHub sharded = new FakeHub()) {
      sharded
          .small("model.safetensors.index.json", "{}")
          .large("model-00001-of-00002.safetensors", Pulls.bytes(2))
          .large("model-00002-of-00002.safetensors", Pulls.bytes(3))
          .large("consolidated.safetensors", Pulls.bytes(4))
          .large("other/model.safetensors", Pulls.bytes(5));
      PulledModel pulled = pulls.pull(sharded.address(), "org/model", List.of(), null);
      assertThat(pulled.skipped())
          .containsExactly("consolidated.safetensors", "other/model.safetensors");
    }
  }

  @Test
  void fetchesNothingTwice() throws Exception {
    PulledModel first = pulls.pull("org/model");
    int requests = pulls.hub.requests().size();
    PulledModel second = pulls.pull("org/model");

    assertThat(first.fetched()).isEqualTo(first.bytes());
    assertThat(second.fetched()).isZero();
    assertThat(second.folder()).isEqualTo(first.folder());
    assertThat(pulls.hub.requests()).hasSize(requests + 1);
    assertThat(Pulls.content(folder.resolve("store/org/model")))
        .allMatch(path -> path.startsWith(FakeHub.COMMIT) || path.equals("refs/main"));
  }

  @ParameterizedTest
  @ValueSource(strings = {Pulls.WEIGHTS, "config.json"})
  void refusesAFileWithAnotherChecksum(String name) throws Exception {
    byte[] damaged =
        name.equals(Pulls.WEIGHTS)
            ? Pulls.bytes(5)
            : "{\"model_type\": \"lIama\"}".getBytes(StandardCharsets.US_ASCII);
    pulls.hub.nextContent(FakeHub.other(damaged));

    assertThatThrownBy(() -> pulls.pull("org/model", List.of(name)))
        .isInstanceOf(HubException.class)
        .hasMessageContainingAll(name, "came with the checksum", "the hub says");
    assertThat(pulls.store().find(Pulls.reference("org/model"))).isEmpty();
    assertThat(pulls.pull("org/model", List.of(name)).files()).containsExactly(name);
  }

  @Test
  void sendsTheTokenToTheHubAlone() throws Exception {
    pulls.pull("org/model");

    assertThat(pulls.hub.requests()).anyMatch(FakeHub.Request::storage);
    assertThat(pulls.hub.requests())
        .allSatisfy(
            request ->
                assertThat(request.header("Authorization"))
                    .isEqualTo(request.storage() ? "" : "Bearer " + Pulls.TOKEN));
    assertThat(Pulls.settings(pulls.hub.address()).toString()).doesNotContain(Pulls.TOKEN);
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
    pulls.hub.nextListing(
        FakeHub.status(
            status,
            "X-Error-Code",
            code == null ? "none" : code,
            "X-Error-Message",
            "no, " + status));
    HubSettings settings = new HubSettings(pulls.hub.address(), token, Pulls.PACE);

    assertThatThrownBy(
            () ->
                new ModelPull(settings, pulls.store(), pulls.listener())
                    .pull(Pulls.reference("org/model@v2"), List.of(), null))
        .isInstanceOf(HubException.class)
        .hasMessageContainingAll(
            "localhost",
            "answers %d for org/model/revision/v2 (\"no, %d\")".formatted(status, status),
            remedy)
        .hasMessageNotContaining(Pulls.TOKEN);
    assertThat(pulls.waits).isEmpty();
  }

  @Test
  void saysThatAModelOrRevisionIsUnknown() {
    assertThatThrownBy(() -> pulls.pull("org/other")).hasMessageContaining("check the spelling");
    assertThatThrownBy(() -> pulls.pull("org/model@v9")).hasMessageContaining("no such revision");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../evil.json", "/etc/evil", "a/../../evil", "a//b", "a\\evil", "..", "", "a\nb"})
  void refusesFileNamesThatLeadOutOfTheFolder(String name) {
    pulls.hub.small(name, "evil");
    assertThatThrownBy(() -> pulls.pull("org/model"))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("no plain path inside the model");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void makesTheFolderThatIsAskedFor() throws Exception {
    Path out = folder.resolve("mine");
    assertThat(pulls.pull(pulls.hub.address(), "org/model", List.of(), out).folder())
        .isEqualTo(out);
    assertThat(Pulls.content(out))
        .containsExactlyInAnyOrder("config.json", "tokenizer.json", Pulls.WEIGHTS);
    assertThat(pulls.store().find(Pulls.reference("org/model"))).isEmpty();

    pulls.hub.commit(Pulls.NEXT_COMMIT);
    pulls.hub.small("config.json", "{\"model_type\": \"other\"}");
    assertThatThrownBy(() -> pulls.pull(pulls.hub.address(), "org/model", List.of(), out))
        .isInstanceOf(HubException.class)
        .hasMessageContainingAll(out.resolve("config.json").toString(), "--out");
    assertThat(out.resolve("config.json")).hasContent("{\"model_type\": \"llama\"}");
  }

  @Test
  void addsFilesToAFolderThatIsThere() throws Exception {
    pulls.hub.small("notes/a b#1.txt", "notes");
    pulls.pull("org/model", List.of("config.json"));
    PulledModel pulled = pulls.pull("org/model", List.of("config.json", "notes/*", Pulls.WEIGHTS));
    assertThat(Pulls.content(pulled.folder()))
        .containsExactlyInAnyOrder("config.json", "notes/a b#1.txt", Pulls.WEIGHTS);
    assertThatThrownBy(() -> pulls.pull("org/model", List.of("*.gguf")))
        .hasMessageContaining("No file of org/model fits [*.gguf]");
  }

  @Test
  void asksForSizesAndChecksumsThatAListingLeavesOut() throws Exception {
    pulls.hub.saysNothingInListings();
    PulledModel pulled = pulls.pull("org/model");
    assertThat(pulled.bytes()).isEqualTo(Pulls.SIZE + 23 + 2);

    pulls.hub.commit(Pulls.NEXT_COMMIT);
    pulls.hub.nextContent(
        FakeHub.other("{\"model_type\": \"lIama\"}".getBytes(StandardCharsets.US_ASCII)));
    assertThatThrownBy(() -> pulls.pull("org/model"))
        .hasMessageContaining("came with the checksum");
  }

  @Test
  void refusesAModelThatTheDiskCannotTake() {
    pulls.hub.nextListing(
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
    assertThatThrownBy(() -> pulls.pull("org/model"))
        .isInstanceOf(HubException.class)
        .hasMessageContainingAll("MiB free", "1,099,511,627,777 MiB more are needed");
  }

  @Test
  void refusesAModelWithoutSafetensors() throws Exception {
    try (FakeHub old = new FakeHub().large("pytorch_model.bin", Pulls.bytes(2))) {
      assertThatThrownBy(() -> pulls.pull(old.address(), "org/model", List.of(), null))
          .isInstanceOf(HubException.class)
          .hasMessageContainingAll("neither model.safetensors nor", "pytorch_model.bin");
    }
  }
}
