package dev.refrain.topology.cli;

import dev.refrain.topology.client.AskedQuestion;
import dev.refrain.topology.client.Ending;
import dev.refrain.topology.client.QuestionClient;
import dev.refrain.topology.client.QuestionFile;
import dev.refrain.topology.config.QuestionsConfig;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

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

  /**
   * Says what to try next.
   *
   * @param broker folder of the broker that runs now
   */
  void explainHowToGoOn(Path broker) {
    output.line("");
    output.line("Your own documents:  refrain index --corpus FILE --out DIR");
    output.line("                     refrain quickstart --index DIR [--model DIR]");
    output.line(
        "From another shell:  refrain ask --set broker.folder=%s \"...\"".formatted(broker));
    output.line("                     refrain explain --set broker.folder=%s ID".formatted(broker));
    output.line("Type a question, or an empty line to end.");
  }

  /** Answers what is typed until the input ends or a line is empty. */
  void answerTyped(InputStream typed) throws InterruptedException {
    TypedLines lines = TypedLines.from(typed);
    for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
      ask(line.get());
      output.line("");
    }
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
