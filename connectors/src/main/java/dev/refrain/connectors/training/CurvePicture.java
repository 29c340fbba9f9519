package dev.refrain.connectors.training;

import java.util.List;
import java.util.Locale;

/**
 * Draws losses over steps as SVG: the mean of every group of steps as a line, axes with numbers.
 *
 * @param losses of every step, one or more
 */
record CurvePicture(List<Double> losses) {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 360;
  private static final int MARGIN = 48;
  private static final int POINTS = 240;
  private static final int TICKS = 5;

  String svg() {
    int group = Math.max(1, losses.size() / POINTS);
    double[] means = new double[Math.ceilDiv(losses.size(), group)];
    for (int i = 0; i < means.length; i++) {
      means[i] =
          losses.subList(i * group, Math.min(losses.size(), (i + 1) * group)).stream()
              .mapToDouble(Double::doubleValue)
              .average()
              .orElse(0);
    }
    double top = 0;
    for (double mean : means) {
      top = Math.max(top, mean);
    }
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < means.length; i++) {
      line.append(
          format("%.1f,%.1f ", x((double) i / Math.max(1, means.length - 1)), y(means[i] / top)));
    }
    return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
        <rect width="100%%" height="100%%" fill="white"/>
        %s<polyline fill="none" stroke="#1f5fa8" stroke-width="1.5" points="%s"/>
        <text x="%d" y="%d" text-anchor="middle">step</text>
        <text x="%d" y="%d">loss, nats per weighted token</text>
        </svg>
        """
        .formatted(
            WIDTH, HEIGHT, ticks(top), line.toString().strip(), WIDTH / 2, HEIGHT - 8, MARGIN, 24);
  }

  private String ticks(double top) {
    StringBuilder ticks = new StringBuilder();
    for (int i = 0; i <= TICKS; i++) {
      double share = (double) i / TICKS;
      ticks.append(
          format(
              "<path stroke=\"#ddd\" d=\"M%.0f %.1fH%.0f\"/><text x=\"%.0f\" y=\"%.1f\" text-anchor=\"end\">%.2f</text><text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>%n",
              x(0),
              y(share),
              x(1),
              x(0) - 6,
              y(share) + 4,
              share * top,
              x(share),
              HEIGHT - MARGIN + 18,
              Math.round(share * losses.size())));
    }
    return ticks.toString().replace("\r", "");
  }

  private static double x(double share) {
    return MARGIN + share * (WIDTH - 2 * MARGIN);
  }

  private static double y(double share) {
    return HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
