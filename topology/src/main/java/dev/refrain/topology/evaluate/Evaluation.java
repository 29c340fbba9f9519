package dev.refrain.topology.evaluate;

import dev.refrain.topology.client.AskedQuestion;
import dev.refrain.topology.client.QuestionClient;
import dev.refrain.topology.client.QuestionFile;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.serve.Server;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Sends questions the whole way, through a server of its own, and grades their endings.
 *
 * @param configuration what to evaluate, on brokers where no question has been asked before
 * @param inFlight most questions on their way at a time, 1 or more
 * @param timeLimit how long each question may take
 */
public record Evaluation(Configuration configuration, int inFlight, Duration timeLimit) {
  /**
   * Runs the evaluation.
   *
   * @param sink told of each graded question, in the order of the questions
   */
  public Summary run(List<QuestionFile.Line> lines, Consumer<Graded> sink)
      throws InterruptedException {
    InstantSource clock = InstantSource.system();
    try (Server server = Server.start(configuration, clock, new SimpleMeterRegistry());
        QuestionClient client = server.client(configuration)) {
      List<Graded> graded = new ArrayList<>();
      Iterator<QuestionFile.Line> next = lines.iterator();
      long start = System.nanoTime();
      client.askAll(
          questions(lines),
          inFlight,
          ending -> {
            Graded one = Graded.of(next.next(), ending);
            graded.add(one);
            sink.accept(one);
          });
      return Summary.of(graded, (System.nanoTime() - start) / 1e9);
    }
  }

  private List<AskedQuestion> questions(List<QuestionFile.Line> lines) {
    return IntStream.range(0, lines.size())
        .mapToObj(
            i ->
                new AskedQuestion(
                    "q" + (i + 1), lines.get(i).text(), lines.get(i).task(), timeLimit, Map.of()))
        .toList();
  }
}
