package dev.refrain.gpuworkers.hub;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A pull of one file in a JVM of its own, to be killed. */
final class PullProcess {
  private PullProcess() {}

  static Process start(URI hub, Path store, String file) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            PullProcess.class.getName(),
            hub.toString(),
            store.toString(),
            file)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  public static void main(String[] arguments) throws Exception {
    new ModelPull(
            HubSettings.of(arguments[0], ""),
            new ModelStore(Path.of(arguments[1])),
            new PullListener() {
              @Override
              public void begins(String commit, long bytes, List<String> skipped) {}

              @Override
              public void file(String path, long bytes) {}

              @Override
              public void progress(long bytes) {}

              @Override
              public void waits(String reason, Duration delay) {}
            })
        .pull(ModelReference.parse("org/model").orElseThrow(), List.of(arguments[2]), null);
  }
}
