package dev.refrain.topology.cli;

import dev.refrain.gpuworkers.generate.Generation;
import dev.refrain.gpuworkers.generate.Sequence;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints what a model generated: the text, the token ids and their log-probabilities. */
final class GenerationPrinter {
  private GenerationPrinter() {}

  static void print(Output output, Generation generation) {
    List<Sequence> sequences = generation.sequences();
    for (int i = 0; i < sequences.size(); i++) {
      Sequence sequence = sequences.get(i);
      if (sequences.size() > 1) {
        output.line("sample %d of %d".formatted(i + 1, sequences.size()));
      }
      output.line(sequence.text());
      output.line("");
      output.table(
          Table.plain()
              .row("token ids", sequence.tokenIds())
              .row("log-probabilities", numbers(sequence.logProbabilities()))
              .row("sum", number(sum(sequence)))
              .row("ended by", ending(sequence)));
      output.line("");
    }
    output.line(
        "%d prompt tokens, %d generated, %d ms"
            .formatted(
                generation.promptTokens(),
                sequences.stream().mapToInt(sequence -> sequence.tokenIds().size()).sum(),
                Math.round(generation.milliseconds())));
  }

  private static String ending(Sequence sequence) {
    return switch (sequence.finish()) {
      case STOP -> "a stop text or token";
      case LENGTH -> "the limit of new tokens";
      case DEADLINE -> "the deadline";
    };
  }

  private static double sum(Sequence sequence) {
    return sequence.logProbabilities().stream().mapToDouble(Float::doubleValue).sum();
  }

  private static String numbers(List<Float> values) {
    return values.stream()
        .map(GenerationPrinter::number)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
