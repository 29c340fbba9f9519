/**
 * Puts retrieved passages in a better order. The pool, its topic and its port are here; a trained
 * re-ranker takes the place of the identity. Start with {@link
 * dev.refrain.connectors.rerank.Reranker}.
 */
@NullMarked
package dev.refrain.connectors.rerank;

import org.jspecify.annotations.NullMarked;
