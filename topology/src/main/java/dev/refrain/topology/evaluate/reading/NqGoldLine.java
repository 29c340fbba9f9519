package dev.refrain.topology.evaluate.reading;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.MappingIterator;
import dev.refrain.processors.retrieval.Passage;
import dev.refrain.processors.scoring.GoldQuestion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of NQ-open's questions with passages, one of which is the gold one (Liu et al., "Lost in
 * the Middle", {@code qa_data}): the one marked so, or the only one.
 */
record NqGoldLine(@Nullable String id, String question, List<String> answers, List<Context> ctxs) {

  NqGoldLine {
    Member.text("question", question);
    Member.some("answers", answers);
    Member.some("ctxs", ctxs);
    if (ctxs.size() > 1 && ctxs.stream().noneMatch(Context::gold)) {
      throw new IllegalArgumentException(
          "none of the %d \"ctxs\" is marked \"isgold\": true; mark the gold passage, or keep it alone"
              .formatted(ctxs.size()));
    }
  }

  /** A passage. */
  record Context(@Nullable String title, String text, @JsonProperty("isgold") boolean gold) {
    Context {
      Member.text("text", text);
    }

    private Passage passage(String id) {
      return ReadingQuestion.paragraph(id, title == null ? "" : title, text);
    }
  }

  /** The questions of all lines. */
  static ReadingFile file(Path path, MappingIterator<NqGoldLine> lines) throws IOException {
    List<ReadingQuestion> questions = new ArrayList<>();
    while (lines.hasNextValue()) {
      questions.add(lines.nextValue().asked(questions.size() + 1));
    }
    return new ReadingFile(path, questions, 0);
  }

  private ReadingQuestion asked(int number) {
    String name = id == null ? Integer.toString(number) : id;
    Context gold = ctxs.stream().filter(Context::gold).findFirst().orElseGet(ctxs::getFirst);
    return new ReadingQuestion(new GoldQuestion(name, question, answers), gold.passage(name));
  }
}
