package dev.refrain.topology.cli;

import dev.refrain.topology.client.AskedQuestion;
import dev.refrain.topology.client.Ending;
import dev.refrain.topology.client.QuestionClient;
import dev.refrain.topology.client.QuestionFile;
import dev.refrain.topology.config.QuestionsConfig;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;

/** Asks questions one after another and prints each with its answer. */
final class Conversation {
  private static final int EVIDENCE = 2;

  private final QuestionClient client;
  private final Output output;
  private final QuestionsConfig questions;
  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private int asked;

  Conversation(QuestionClient client, Output output, QuestionsConfig questions) {
    this.client = client;
    this.output = output;
    this.questions = questions;
  }

  void ask(List<QuestionFile.Line> lines) throws InterruptedException {
    for (QuestionFile.Line line : lines) {
      output.line("");
      output.line("> " + line.text());
      ask(line.text());
    }
  }

  void explainHowToGoOn() {
    output.line("");
    output.line("Your own documents:  refrain index --corpus FILE --out DIR");
    output.line("                     refrain quickstart --index DIR --model DIR");
    output.line("From another shell:  refrain ask \"...\", refrain explain ID");
    output.line("Type a question, or an empty line to end.");
  }

  /** Answers what is typed until the input ends or a line is empty. */
  void answerTyped(InputStream typed) throws InterruptedException {
    BlockingQueue<String> lines = linesOf(typed);
    for (String line = lines.take(); !line.isBlank(); line = lines.take()) {
      ask(line.strip());
      output.line("");
    }
  }

  /**
   * The lines as they come, then an empty one. They are read by a thread of their own, because a
   * read from a terminal cannot be interrupted and the wait for a line must be: by Ctrl-C.
   */
  private static BlockingQueue<String> linesOf(InputStream typed) {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(typed, StandardCharsets.UTF_8));
    Thread.ofPlatform()
        .name("typed-questions")
        .daemon()
        .start(
            () -> {
              reader.lines().forEach(lines::add);
              lines.add("");
            });
    return lines;
  }

  private void ask(String text) throws InterruptedException {
    asked++;
    try {
      Ending ending =
          client.ask(AskedQuestion.of(run + "-" + asked, text, questions.timeLimit())).get();
      output.value(ending);
      EndingPrinter.print(output, List.of(ending), EVIDENCE);
    } catch (ExecutionException e) {
      throw new CommandFailedException("The question could not be asked: " + e.getCause(), e);
    }
  }
}
