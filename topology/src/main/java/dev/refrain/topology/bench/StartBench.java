package dev.refrain.topology.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The quickstart as a user starts it, in a process of its own with a new folder: how long it takes
 * to the first printed answer, and how much memory it needs for its questions.
 *
 * @param program what starts Refrain, without a command
 * @param model folder of the model
 * @param options more arguments of the quickstart
 */
public record StartBench(List<String> program, Path model, List<String> options) {
  private static final int QUESTIONS = 5;
  private static final Duration END_WITHIN = Duration.ofSeconds(30);

  /** Copies the lists. */
  public StartBench {
    program = List.copyOf(program);
    options = List.copyOf(options);
  }

  /**
   * What was measured.
   *
   * @param seconds from the start of the process to the first printed answer
   * @param peakBytes most memory that was resident until the last of the questions was answered;
   *     empty where the system does not tell
   * @param ended whether the process ended by itself when its input did
   * @param firstAnswer as it was printed, a line of JSON
   */
  public record Result(double seconds, OptionalLong peakBytes, boolean ended, String firstAnswer) {}

  /**
   * Starts the quickstart, waits for the answers to its questions, and ends it. What the process
   * says on standard error goes to this one's.
   *
   * @param folder where the quickstart keeps its data; empty
   * @throws IOException if the process ends before it has answered
   */
  public Result run(Path folder) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of("quickstart", "--json", "--questions", Integer.toString(QUESTIONS)));
    command.addAll(List.of("--model", model.toString(), "--folder", folder.toString()));
    command.addAll(options);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    long start = System.nanoTime();
    Process process = builder.start();
    try (BufferedReader answers = process.inputReader()) {
      String first = answer(answers, process);
      double seconds = (System.nanoTime() - start) / 1e9;
      for (int i = 1; i < QUESTIONS; i++) {
        answer(answers, process);
      }
      OptionalLong peak = ResidentMemory.peak(process.pid());
      process.outputWriter().close(); // Nothing more is typed: it ends.
      boolean ended = process.waitFor(END_WITHIN);
      return new Result(seconds, peak, ended, first);
    } finally {
      process.destroyForcibly().onExit().join();
    }
  }

  private static String answer(BufferedReader answers, Process process)
      throws IOException, InterruptedException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException(
          "The quickstart ended with code %d before it had answered its questions."
              .formatted(process.waitFor()));
    }
    return line;
  }
}
