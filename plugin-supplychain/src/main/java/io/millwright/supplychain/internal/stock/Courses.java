package io.millwright.supplychain.internal.stock;

import io.millwright.supplychain.Estimate;
import io.millwright.supplychain.StockService;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** How demand was met on many courses, of which each pair is independent of the others. */
final class Courses {

  private static final double Z = 1.959963984540054;

  private final List<Served> all = new ArrayList<>();

  void add(Served one) {
    all.add(one);
  }

  double fill() {
    double demanded = all.stream().mapToDouble(Served::demanded).sum();
    return demanded > 0 ? 1 - all.stream().mapToDouble(Served::missed).sum() / demanded : 1;
  }

  double cycle() {
    return all.stream().mapToDouble(Served::cycle).average().orElse(1);
  }

  double ready() {
    return all.stream().mapToDouble(Served::ready).average().orElse(1);
  }

  /**
   * Intervals say how far the courses that were drawn tell it, not how far the forecast is right.
   */
  StockService service() {
    double fill = fill();
    double demanded = all.stream().mapToDouble(Served::demanded).average().orElse(0);
    double spread =
        demanded > 0 ? deviation(s -> (s.missed() - (1 - fill) * s.demanded()) / demanded) : 0;
    return new StockService(
        within(fill, spread, 1),
        within(cycle(), deviation(Served::cycle), 1),
        within(ready(), deviation(Served::ready), 1),
        within(
            all.stream().mapToDouble(Served::wasted).average().orElse(0),
            deviation(Served::wasted),
            Double.POSITIVE_INFINITY));
  }

  private static Estimate within(double value, double deviation, double most) {
    return new Estimate(
        value,
        Math.min(value, Math.max(0, value - Z * deviation)),
        Math.min(most, value + Z * deviation));
  }

  /** The standard error of a mean over courses. */
  private double deviation(ToDoubleFunction<Served> figure) {
    int pairs = all.size() / 2;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < pairs; i++) {
      double v =
          (figure.applyAsDouble(all.get(2 * i)) + figure.applyAsDouble(all.get(2 * i + 1))) / 2;
      sum += v;
      squares += v * v;
    }
    double mean = sum / pairs;
    return pairs > 1 ? Math.sqrt(Math.max(0, squares / pairs - mean * mean) / (pairs - 1)) : 0;
  }
}
