package io.millwright.supplychain.internal.stock;

import io.millwright.supplychain.Estimate;
import io.millwright.supplychain.StockService;

/** Counts how demand was met, period by period. */
final class Served {

  private static final double Z = 1.959963984540054;

  private static final double ROUNDING = 1e-6;

  private final int every;
  private int periods;
  private int ready;
  private int cycles;
  private int whole;
  private boolean missedOne;
  private double demanded;
  private double missed;
  private double demandSquares;
  private double missedSquares;
  private double products;
  private double wasted;
  private double wasteSquares;

  Served(int every) {
    this.every = every;
  }

  /** One period. */
  void add(double demand, double missing, double left, double thrown) {
    periods++;
    demanded += demand;
    missed += missing;
    demandSquares += demand * demand;
    missedSquares += missing * missing;
    products += demand * missing;
    wasted += thrown;
    wasteSquares += thrown * thrown;
    // What rounding leaves is neither stock nor a shortage.
    double least = ROUNDING * demand;
    ready += left > least ? 1 : 0;
    missedOne |= missing > least;
    if (periods % every == 0) {
      cycles++;
      whole += missedOne ? 0 : 1;
      missedOne = false;
    }
  }

  double fill() {
    return demanded > 0 ? 1 - missed / demanded : 1;
  }

  double demanded() {
    return demanded;
  }

  double missed() {
    return missed;
  }

  double cycle() {
    return cycles > 0 ? (double) whole / cycles : missedOne ? 0 : 1;
  }

  double ready() {
    return periods > 0 ? (double) ready / periods : 1;
  }

  double wasted() {
    return periods > 0 ? wasted / periods : 0;
  }

  /** Periods are taken as independent. */
  StockService service() {
    Estimate cycle = wilson(cycle(), Math.max(1, cycles));
    Estimate readiness = wilson(ready(), Math.max(1, periods));
    double fill = fill();
    double miss = 1 - fill;
    // The delta method for a ratio of sums; where nothing was missing it says nothing, and the
    // share of periods that may yet miss something does.
    double spread =
        Math.sqrt(Math.max(0, missedSquares - 2 * miss * products + miss * miss * demandSquares));
    double half = demanded > 0 ? Z * spread / demanded : 0;
    double low = missed > 0 ? fill - half : demanded > 0 ? wilson(1, periods).low() : 1;
    double mean = wasted();
    double deviation =
        periods > 1
            ? Math.sqrt(Math.max(0, wasteSquares / periods - mean * mean) / (periods - 1))
            : 0;
    return new StockService(
        new Estimate(fill, Math.max(0, low), Math.min(1, fill + half)),
        cycle,
        readiness,
        new Estimate(mean, Math.max(0, mean - Z * deviation), mean + Z * deviation));
  }

  private static Estimate wilson(double share, int n) {
    double middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n);
    double half = Z / (1 + Z * Z / n) * Math.sqrt(share * (1 - share) / n + Z * Z / (4.0 * n * n));
    return new Estimate(
        share,
        Math.max(0, Math.min(share, middle - half)),
        Math.min(1, Math.max(share, middle + half)));
  }
}
