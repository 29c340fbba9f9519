package dev.refrain.topology.cli;

import dev.refrain.topology.client.QuestionClient;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.quickstart.Quickstart;
import dev.refrain.topology.serve.Server;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code refrain quickstart}: everything in one process, a few questions, then yours. */
@Command(
    name = "quickstart",
    description = {
      "Start everything in this process (broker, index of a small corpus, topology, workers),",
      "ask a few questions, then answer what you type."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  refrain quickstart",
      "  refrain quickstart --index my-index",
      "  refrain quickstart --model llama --index my-index"
    })
final class QuickstartCommand implements Callable<Integer> {
  private static final Duration GRACE = Duration.ofSeconds(30);

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private FolderOptions folders = new FolderOptions();

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "Where its data is kept (default: .refrain/quickstart in the home folder).")
  private @Nullable Path folder;

  @Option(
      names = "--questions",
      paramLabel = "N",
      description = "Questions to ask first (default: ${DEFAULT-VALUE}).")
  private int questions = 5;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Quickstart quickstart =
        new Quickstart(
            folder == null
                ? Path.of(System.getProperty("user.home"), ".refrain", "quickstart")
                : folder);
    Configuration configuration =
        common.loadWithModel(folders.settings(quickstart.settings())).configuration();
    Path model = configuration.model().requiredFolder();
    Output output = common.output();
    try (Shutdown shutdown = Shutdown.watch(GRACE)) {
      output.remark("Starting a broker, an index of a small corpus and the model in " + model);
      quickstart.prepare();
      InstantSource clock = InstantSource.system();
      try (Server server = Server.start(configuration, clock, new SimpleMeterRegistry());
          QuestionClient client = server.client(configuration)) {
        Conversation conversation = new Conversation(client, output, configuration.questions());
        conversation.ask(Quickstart.questions().stream().limit(questions).toList());
        conversation.explainHowToGoOn(configuration.broker().folder());
        conversation.answerTyped(System.in);
      } catch (InterruptedException e) {
        return shutdown.asked() ? 0 : 1;
      }
    }
    return 0;
  }
}
