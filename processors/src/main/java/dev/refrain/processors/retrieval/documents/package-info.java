/**
 * Documents as people have them, read as a stream: JSON lines, DPR's TSV, folders of text. Lines
 * that cannot be read are reported with file, number and reason, and never hide. Start with {@link
 * dev.refrain.processors.retrieval.documents.Corpus}.
 */
@NullMarked
package dev.refrain.processors.retrieval.documents;

import org.jspecify.annotations.NullMarked;
