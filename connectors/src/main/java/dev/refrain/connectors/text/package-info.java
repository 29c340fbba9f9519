/**
 * Plain text that is trained on: corpora of articles and how a paragraph falls into sentences. What
 * is made of them stands in the packages that train. Start with {@link
 * dev.refrain.connectors.text.Articles}.
 */
@NullMarked
package dev.refrain.connectors.text;

import org.jspecify.annotations.NullMarked;
