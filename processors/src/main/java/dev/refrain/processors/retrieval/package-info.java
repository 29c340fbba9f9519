/**
 * Passages and how they are found: an index built from documents, and BM25 over it. The only home
 * of Lucene; nothing of it shows in the port. Start with {@link
 * dev.refrain.processors.retrieval.Retriever}.
 */
@NullMarked
package dev.refrain.processors.retrieval;

import org.jspecify.annotations.NullMarked;
