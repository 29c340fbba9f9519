package dev.refrain.topology.cli;

import dev.refrain.topology.config.ConfigurationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Prints what went wrong in a line or two; the stack trace only with {@code --verbose}. */
final class ErrorReport implements IParameterExceptionHandler, IExecutionExceptionHandler {
  /** Exit code of a process that was interrupted from the keyboard: 128 and SIGINT's number. */
  static final int INTERRUPTED = 130;

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("error: " + e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, err);
    err.printf("Try `%s --help`.%n", command.getCommandSpec().qualifiedName());
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    Throwable cause = unwrapped(e);
    if (cause instanceof InterruptedException || cause instanceof InterruptException) {
      err.println("interrupted");
      return INTERRUPTED;
    }
    boolean verbose = command.getParseResult().hasMatchedOption("--verbose");
    err.println("error: " + message(cause));
    if (verbose) {
      cause.printStackTrace(err);
    } else if (!expected(cause)) {
      err.println("This was not expected; --verbose shows where it happened.");
    }
    return cause instanceof ConfigurationException ? ExitCode.USAGE : ExitCode.SOFTWARE;
  }

  private static Throwable unwrapped(Throwable e) {
    Throwable cause = e.getCause();
    return e instanceof ExecutionException && cause != null ? unwrapped(cause) : e;
  }

  private static String message(Throwable e) {
    String message = e.getMessage();
    String kind = e.getClass().getSimpleName();
    if (message == null || message.isBlank()) {
      return kind;
    }
    if (e instanceof NoSuchFileException missing && missing.getReason() == null) {
      return missing.getFile() + " does not exist: check the path.";
    }
    return e instanceof IOException || !expected(e) ? kind + ": " + message : message;
  }

  /** Whether the message was written for the person who runs the command. */
  private static boolean expected(Throwable e) {
    return e.getClass().getName().startsWith("dev.refrain.")
        || e instanceof IllegalArgumentException
        || e instanceof IOException
        || e instanceof KafkaException;
  }
}
