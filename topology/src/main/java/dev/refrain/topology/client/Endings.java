package dev.refrain.topology.client;

import dev.refrain.schemas.avro.Answer;
import dev.refrain.schemas.avro.DeadLetter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads endings from the records of the topics: here Avro types stop. */
final class Endings {
  private Endings() {}

  static Ending of(Answer answer) {
    return new Ending(
        answer.getQuestionId(),
        answer.getQuestion(),
        switch (answer.getStatus()) {
          case ANSWERED -> Ending.Status.ANSWERED;
          case ABSTAINED -> Ending.Status.ABSTAINED;
          case FAILED -> Ending.Status.FAILED;
        },
        answer.getText(),
        answer.getReason(),
        answer.getConfidence(),
        answer.getEvidence().stream()
            .map(p -> new Evidence(p.getId(), p.getTitle(), p.getText(), p.getScore()))
            .toList(),
        answer.getPasses(),
        Duration.between(answer.getAskedAt(), answer.getAnsweredAt()).toMillis(),
        new Ending.Cost(
            answer.getPromptTokens(), answer.getGeneratedTokens(), answer.getMilliseconds()),
        answer.getPolicy().isEmpty()
            ? ""
            : answer.getPolicy() + " version " + answer.getPolicyVersion(),
        answer.getDigests(),
        answer.getAttributes());
  }

  /** The ending of a question of which nothing but its dead letter is known. */
  static Ending of(DeadLetter letter, String questionId) {
    return new Ending(
        questionId,
        "",
        Ending.Status.DEAD,
        null,
        letter.getStage() + ": " + letter.getReason(),
        0,
        List.of(),
        0,
        0,
        Ending.Cost.NONE,
        "",
        Map.of(),
        Map.of());
  }

  /** The question that a dead letter ends: as it says, or the key of a question's own record. */
  static Optional<String> questionId(DeadLetter letter, String questionsTopic) {
    if (letter.getQuestionId() != null) {
      return Optional.of(letter.getQuestionId());
    }
    ByteBuffer key = letter.getKey();
    return key != null && letter.getTopic().equals(questionsTopic)
        ? Optional.of(StandardCharsets.UTF_8.decode(key.duplicate()).toString())
        : Optional.empty();
  }
}
