/**
 * How good an answer or a ranking is: exact match and F1, answers found in passages, and the
 * measures of trec_eval. Every definition is the reference's, to the last digit. Start with {@link
 * dev.refrain.processors.scoring.AnswerScore} and {@link
 * dev.refrain.processors.scoring.RankingMeasures}.
 */
@NullMarked
package dev.refrain.processors.scoring;

import org.jspecify.annotations.NullMarked;
