/**
 * The asker's side: puts questions on their topic and waits until each has ended, in an answer or a
 * dead letter, and reads afterwards how one was decided. Needs nothing but the brokers and the
 * schema registry. Start with {@link dev.refrain.topology.client.QuestionClient}.
 */
@NullMarked
package dev.refrain.topology.client;

import org.jspecify.annotations.NullMarked;
