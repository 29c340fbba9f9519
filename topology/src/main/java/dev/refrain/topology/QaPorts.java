package dev.refrain.topology;

import dev.refrain.processors.packing.TokenCounter;
import dev.refrain.processors.retrieval.Retriever;
import dev.refrain.processors.stages.EndingLog;
import dev.refrain.processors.stages.QuestionMetrics;
import dev.refrain.processors.work.WorkRequests;
import dev.refrain.schemas.serde.Codecs;

/**
 * What a question's way needs from outside.
 *
 * @param codecs codecs of the topics
 * @param retriever finds passages
 * @param tokens counts tokens as the frozen model does
 * @param requests asks for work, knowing the models' digests
 * @param endings tells which questions an earlier process has ended
 * @param metrics counts what happens
 */
public record QaPorts(
    Codecs codecs,
    Retriever retriever,
    TokenCounter tokens,
    WorkRequests requests,
    EndingLog endings,
    QuestionMetrics metrics) {}
