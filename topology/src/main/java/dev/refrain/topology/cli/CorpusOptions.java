package dev.refrain.topology.cli;

import dev.refrain.processors.retrieval.IndexBuilder;
import dev.refrain.processors.retrieval.IndexReport;
import dev.refrain.processors.retrieval.IndexSettings;
import dev.refrain.processors.retrieval.documents.BadLineHandler;
import dev.refrain.processors.retrieval.documents.Corpus;
import dev.refrain.processors.retrieval.documents.DocumentFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the commands take that read documents. */
final class CorpusOptions {
  private static final int SHOWN_BAD_LINES = 20;

  @Option(
      names = "--corpus",
      paramLabel = "PATH",
      description = {
        "Documents: a file of JSON lines (id, title, text) or DPR's TSV, either gzipped or not,",
        "or a folder of such files, .txt or .md."
      })
  private @Nullable Path corpus;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      converter = DocumentFormatName.class,
      completionCandidates = DocumentFormatName.class,
      description = "One of ${COMPLETION-CANDIDATES}, where the names of the files do not tell.")
  private @Nullable DocumentFormat format;

  @Option(
      names = "--on-bad-line",
      paramLabel = "DO",
      description = {
        "What to do where a line is no document: ${COMPLETION-CANDIDATES}",
        "(default: ${DEFAULT-VALUE})."
      })
  private OnBadLine onBadLine = OnBadLine.FAIL;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Indexing threads; 0 for one per processor (default: ${DEFAULT-VALUE}).")
  private int threads = 0;

  /** Where the documents are, if it was said. */
  @Nullable Path corpus() {
    return corpus;
  }

  /** Builds an index of a corpus, with a progress bar. */
  IndexReport build(Path corpus, Path folder, int passageWords, Output output)
      throws IOException, InterruptedException {
    Corpus documents = documents(corpus);
    try (ProgressBar bar = Progress.bytes("indexing", documents.bytes())) {
      return new IndexBuilder(
              settings(passageWords),
              handler(output),
              done -> {
                bar.stepTo(done.bytesRead());
                bar.setExtraMessage(done.passages() + " passages");
              })
          .build(documents, folder);
    }
  }

  /** The documents at a path, in the format that was said. */
  Corpus documents(Path corpus) throws IOException {
    return format == null ? Corpus.at(corpus) : Corpus.at(corpus, format);
  }

  /** Passages of so many words, on as many threads as was said. */
  IndexSettings settings(int passageWords) {
    return new IndexSettings(passageWords, Processors.of(threads));
  }

  /** What becomes of bad lines; the first few that are passed over are printed. */
  BadLineHandler handler(Output output) {
    if (onBadLine == OnBadLine.FAIL) {
      return line -> {
        throw new CommandFailedException(line + "\n--on-bad-line skip passes such lines over.");
      };
    }
    AtomicInteger seen = new AtomicInteger();
    return line -> {
      if (seen.incrementAndGet() <= SHOWN_BAD_LINES) {
        output.remark("passed over: " + line);
      }
    };
  }

  /** What to do where a line is no document. */
  enum OnBadLine {
    FAIL,
    SKIP
  }
}
