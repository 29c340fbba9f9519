package dev.refrain.schemas.serde;

import dev.refrain.schemas.avro.Answer;
import dev.refrain.schemas.avro.DeadLetter;
import dev.refrain.schemas.avro.Decision;
import dev.refrain.schemas.avro.Policy;
import dev.refrain.schemas.avro.Question;
import dev.refrain.schemas.avro.WorkRequest;
import dev.refrain.schemas.avro.WorkResult;
import dev.refrain.schemas.registry.SchemaRegistry;

/**
 * The codec of every type of record on the topics, over one registry. Safe for use by many threads.
 */
public record Codecs(
    TopicCodec<Question> questions,
    TopicCodec<WorkRequest> work,
    TopicCodec<WorkResult> results,
    TopicCodec<Decision> decisions,
    TopicCodec<Answer> answers,
    TopicCodec<Policy> policies,
    TopicCodec<DeadLetter> deadLetters) {

  /** Codecs that register and look up their schemas in a registry. */
  public static Codecs over(SchemaRegistry registry) {
    return new Codecs(
        new TopicCodec<>(Question.getClassSchema(), registry),
        new TopicCodec<>(WorkRequest.getClassSchema(), registry),
        new TopicCodec<>(WorkResult.getClassSchema(), registry),
        new TopicCodec<>(Decision.getClassSchema(), registry),
        new TopicCodec<>(Answer.getClassSchema(), registry),
        new TopicCodec<>(Policy.getClassSchema(), registry),
        new TopicCodec<>(DeadLetter.getClassSchema(), registry));
  }
}
