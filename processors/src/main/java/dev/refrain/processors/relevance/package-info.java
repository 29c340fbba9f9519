/**
 * What a question asks about, and which passages and sentences say it. Start with {@link
 * dev.refrain.processors.relevance.Relevance}.
 */
@NullMarked
package dev.refrain.processors.relevance;

import org.jspecify.annotations.NullMarked;
