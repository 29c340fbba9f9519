/**
 * What a question is while it is on its way: the question, its rules, its cost and its end. No
 * records of topics here. Start with {@link dev.refrain.processors.question.PendingQuestion}.
 */
@NullMarked
package dev.refrain.processors.question;

import org.jspecify.annotations.NullMarked;
