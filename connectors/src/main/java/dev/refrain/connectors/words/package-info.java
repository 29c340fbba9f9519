/**
 * Word vectors: how near two words are in meaning, learnt from nothing but which words stand near
 * each other in a corpus. Refrain comes with a file of them, and trains others. Start with {@link
 * dev.refrain.connectors.words.WordVectors}.
 */
@NullMarked
package dev.refrain.connectors.words;

import org.jspecify.annotations.NullMarked;
