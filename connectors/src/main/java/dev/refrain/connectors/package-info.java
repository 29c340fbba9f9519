/**
 * What is trained: the small networks that connect to the frozen models, each beside its own
 * training. They may use everything of {@code gpu-workers}, which knows nothing of them and never
 * changes with them. Start with {@link dev.refrain.connectors.rerank.Reranker}, the one port there
 * is so far.
 */
@NullMarked
package dev.refrain.connectors;

import org.jspecify.annotations.NullMarked;
