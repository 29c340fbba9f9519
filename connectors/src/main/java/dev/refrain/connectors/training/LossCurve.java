package dev.refrain.connectors.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The losses of a run, as lines of {@code loss.csv} and as a picture, {@code loss.svg}. Both are
 * written before every checkpoint, and a resumed run goes on in them, so that a run that was killed
 * ends with the same lines as one that was not. Not safe for use by many threads.
 */
public final class LossCurve implements AutoCloseable {
  private static final String HEADER = "step,loss,rate,gradient_norm";

  private final Path csv;
  private final Path picture;
  private final List<String> lines;

  private LossCurve(Path csv, Path picture, List<String> lines) {
    this.csv = csv;
    this.picture = picture;
    this.lines = lines;
  }

  /** The curve in a folder; goes on from what is there. */
  public static LossCurve beside(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path csv = folder.resolve("loss.csv");
    List<String> lines = new ArrayList<>();
    if (Files.exists(csv)) {
      Files.readAllLines(csv).stream().skip(1).forEach(lines::add);
    }
    return new LossCurve(csv, folder.resolve("loss.svg"), lines);
  }

  /** A listener that notes every step and hands it on. */
  public TrainingListener following(TrainingListener next) {
    return new TrainingListener() {
      @Override
      public void step(TrainingStep step) {
        note(step);
        next.step(step);
      }

      @Override
      public void checkpoint() {
        write();
        next.checkpoint();
      }

      @Override
      public boolean stops() {
        return next.stops();
      }
    };
  }

  /** Steps that a resumed run takes again replace what was noted of them. */
  private void note(TrainingStep step) {
    while (!lines.isEmpty() && stepOf(lines.getLast()) >= step.step()) {
      lines.removeLast();
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "%d,%.5f,%.3e,%.4f",
            step.step(),
            step.loss(),
            step.rate(),
            step.gradientNorm()));
  }

  private static long stepOf(String line) {
    return Long.parseLong(line.substring(0, line.indexOf(',')));
  }

  private static double lossOf(String line) {
    int start = line.indexOf(',') + 1;
    return Double.parseDouble(line.substring(start, line.indexOf(',', start)));
  }

  /** Writes both files. */
  @Override
  public void close() {
    write();
  }

  private void write() {
    try {
      replace(
          csv,
          Stream.concat(Stream.of(HEADER), lines.stream())
              .map(line -> line + "\n")
              .collect(Collectors.joining()));
      if (!lines.isEmpty()) {
        List<Double> losses = lines.stream().map(LossCurve::lossOf).toList();
        replace(picture, new CurvePicture(losses).svg());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + csv, e);
    }
  }

  /** Leaves the file as it was, or with all of the text. */
  private static void replace(Path file, String text) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(part, text);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
