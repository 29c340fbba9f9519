package dev.refrain.topology.bench;

import java.util.List;

/**
 * The straight line through measurements that has the least squares of distances.
 *
 * @param slope growth for each unit of x
 * @param standardError of the slope, the distances taken as independent; where neighbours are
 *     alike, as memory at two moments is, the true one is larger
 */
public record LeastSquares(double slope, double standardError) {

  /** A measurement. */
  record Point(double x, double y) {}

  /**
   * Fits the line.
   *
   * @param points three or more, not all with the same x
   */
  static LeastSquares fit(List<Point> points) {
    double meanX = points.stream().mapToDouble(Point::x).average().orElseThrow();
    double meanY = points.stream().mapToDouble(Point::y).average().orElseThrow();
    double squaresX = 0;
    double products = 0;
    for (Point point : points) {
      squaresX += (point.x() - meanX) * (point.x() - meanX);
      products += (point.x() - meanX) * (point.y() - meanY);
    }
    double slope = products / squaresX;
    double residuals = 0;
    for (Point point : points) {
      double distance = point.y() - meanY - slope * (point.x() - meanX);
      residuals += distance * distance;
    }
    return new LeastSquares(slope, Math.sqrt(residuals / (points.size() - 2) / squaresX));
  }
}
