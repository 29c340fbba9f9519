package dev.refrain.topology.cli;

import dev.refrain.topology.bench.OwnProgram;
import dev.refrain.topology.bench.StartBench;
import dev.refrain.topology.serve.ScratchFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code refrain bench start}: the quickstart's time to its first answer, and its memory. */
@Command(
    name = "start",
    description = {
      "Measure the time to the quickstart's first answer, and its memory.",
      "It runs in a process of its own with this configuration; at most 30 s from its start",
      "to the first printed answer and 2.5 GiB of resident memory are wanted."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  refrain bench start --model llama",
      "  refrain bench start --model llama --set stream.guarantee=at-least-once"
    })
final class BenchStartCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = {"-m", "--model"},
      paramLabel = "DIR",
      required = true,
      description = "Hugging Face folder of the frozen model.")
  private Path model = Path.of("");

  @Override
  public Integer call() throws IOException, InterruptedException {
    var unused = common.load(List.of());
    try (Shutdown _ = Shutdown.watch(Duration.ofSeconds(30));
        ScratchFolder scratch = ScratchFolder.make("refrain-bench")) {
      print(
          common.output(),
          new StartBench(program(), model, common.arguments()).run(scratch.path()));
    }
    return 0;
  }

  /** The launcher that started this process, or else this JVM with its flags and class path. */
  private static List<String> program() {
    String launcher = System.getProperty("refrain.launcher");
    if (launcher != null) {
      return List.of(launcher);
    }
    return OwnProgram.java(Refrain.class);
  }

  private static void print(Output output, StartBench.Result result) {
    Map<String, Object> value = new HashMap<>();
    value.put("secondsToFirstAnswer", result.seconds());
    value.put("peakBytes", result.peakBytes().isPresent() ? result.peakBytes().getAsLong() : null);
    output.value(value);
    output.line(decimal("first answer after %.1f s; at most 30 is wanted", result.seconds()));
    output.line(
        result.peakBytes().isPresent()
            ? decimal(
                "resident memory %.2f GiB at most; at most 2.50 is wanted",
                result.peakBytes().getAsLong() / (double) (1 << 30))
            : "resident memory is not known on this system");
    if (!result.ended()) {
      output.remark("The quickstart did not end by itself when its input did.");
    }
  }

  private static String decimal(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
