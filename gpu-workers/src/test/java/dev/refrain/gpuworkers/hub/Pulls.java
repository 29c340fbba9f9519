package dev.refrain.gpuworkers.hub;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pulls from a fake hub, and what their listener was told. */
final class Pulls implements AutoCloseable {
  static final String WEIGHTS = "model.safetensors";
  static final String TOKEN = "hf_secret";
  static final String NEXT_COMMIT = "fedcba9876543210fedcba9876543210fedcba98";
  static final int SIZE = 300_000;
  static final Pace PACE =
      new Pace(
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(2),
          Duration.ofMillis(20),
          Duration.ofSeconds(2),
          3);

  final List<String> waits = new ArrayList<>();
  final List<Duration> delays = new ArrayList<>();
  final List<Long> progress = new ArrayList<>();
  final byte[] weights = bytes(1);
  final FakeHub hub;
  private final Path folder;

  /** A hub with one model, whose pulls go into a folder. */
  Pulls(Path folder) throws IOException {
    this.folder = folder;
    this.hub =
        new FakeHub()
            .small("config.json", "{\"model_type\": \"llama\"}")
            .small("tokenizer.json", "{}")
            .large(WEIGHTS, weights);
  }

  PulledModel pull(String reference) throws Exception {
    return pull(reference, List.of());
  }

  PulledModel pull(String reference, List<String> globs) throws Exception {
    return pull(hub.address(), reference, globs, null);
  }

  PulledModel pull(URI address, String reference, List<String> globs, @Nullable Path out)
      throws Exception {
    return new ModelPull(settings(address), store(), listener())
        .pull(reference(reference), globs, out);
  }

  static HubSettings settings(URI address) {
    return new HubSettings(address, TOKEN, PACE);
  }

  ModelStore store() {
    return new ModelStore(folder.resolve("store"));
  }

  static ModelReference reference(String text) {
    return ModelReference.parse(text).orElseThrow();
  }

  PullListener listener() {
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

  static List<String> content(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .toList();
    }
  }

  static byte[] bytes(int seed) {
    byte[] bytes = new byte[SIZE];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  Path unfinished() throws IOException {
    return store().list().stream().filter(m -> !m.whole()).findFirst().orElseThrow().folder();
  }

  @Override
  public void close() {
    hub.close();
  }
}
