package dev.refrain.topology.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code refrain}: its subcommands do the work. */
@Command(
    name = "refrain",
    description = {
      "Answers questions on Kafka with one frozen language model,",
      "and spends a second pass only where it pays."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      QuickstartCommand.class,
      ServeCommand.class,
      WorkerCommand.class,
      AskCommand.class,
      EvaluateCommand.class,
      GenerateCommand.class,
      ExplainCommand.class,
      IndexCommand.class,
      ModelsCommand.class,
      TopicsCommand.class,
      TrainCommand.class,
      WorldsCommand.class,
      BenchCommand.class,
      ValidateCommand.class,
      HelpCommand.class,
    },
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0 done; 1 failed; 2 wrong usage or configuration; 130 interrupted",
      "",
      "`refrain COMMAND --help` has examples."
    })
public final class Refrain implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  private Refrain() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String... args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(out, err, args));
  }

  /** Runs a command and returns its exit code. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    int code = commandLine().setOut(out).setErr(err).execute(args);
    out.flush();
    err.flush();
    return code;
  }

  /** The command with its subcommands, as a user meets them. */
  static CommandLine commandLine() {
    ErrorReport report = new ErrorReport();
    return new CommandLine(new Refrain())
        .setParameterExceptionHandler(report)
        .setExecutionExceptionHandler(report)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(100)
        .setUsageHelpLongOptionsMaxWidth(34);
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return CommandLine.ExitCode.USAGE;
  }
}
