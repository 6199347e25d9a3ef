package io.millwright.supplychain.internal.stock;

import java.util.function.IntToDoubleFunction;

/**
 * The best (s, S) policy for demand in whole units (Zheng and Federgruen 1991): costs of stock are
 * G(y), demand of a period has given probabilities, an order costs a fixed sum.
 */
final class TwoLevels {

  private final IntToDoubleFunction stockCost;
  private final double order;
  private final double[] renewals;
  private int known;
  private final double[] probabilities;

  /** Its answer. */
  record Answer(int low, int high, double cost) {}

  private TwoLevels(double[] probabilities, IntToDoubleFunction stockCost, double order, int most) {
    this.probabilities = probabilities;
    this.stockCost = stockCost;
    this.order = order;
    this.renewals = new double[most];
  }

  /**
   * Finds it.
   *
   * @param probabilities of a period's demand of 0, 1, 2, … units
   * @param stockCost the expected cost of a period that begins, after the lead time's demand, with
   *     a position
   * @param begin where that cost is least
   * @param most how far apart the levels may lie
   */
  static Answer of(
      double[] probabilities, IntToDoubleFunction stockCost, double order, int begin, int most) {
    return new TwoLevels(probabilities, stockCost, order, most).search(begin, most);
  }

  private Answer search(int begin, int most) {
    int low = begin - 1;
    while (cost(low, begin) > stockCost.applyAsDouble(low) && begin - low < most - 1) {
      low--;
    }
    int high = begin;
    double best = cost(low, high);
    for (int s = begin + 1; s - low < most && stockCost.applyAsDouble(s) <= best; s++) {
      if (cost(low, s) < best) {
        high = s;
        while (low + 1 < high && cost(low, high) <= stockCost.applyAsDouble(low + 1)) {
          low++;
        }
        best = cost(low, high);
      }
    }
    return new Answer(low, high, best);
  }

  /** The expected cost of a period when orders at or below {@code low} go up to {@code high}. */
  private double cost(int low, int high) {
    double sum = order;
    double periods = 0;
    for (int j = 0; j < high - low; j++) {
      double m = renewal(j);
      sum += m * stockCost.applyAsDouble(high - j);
      periods += m;
    }
    return sum / periods;
  }

  /** How many periods, on average, the position stands {@code j} below the upper level. */
  private double renewal(int j) {
    while (known <= j) {
      double sum = known == 0 ? 1 : 0;
      for (int l = 1; l <= known && l < probabilities.length; l++) {
        sum += probabilities[l] * renewals[known - l];
      }
      renewals[known++] = sum / (1 - probabilities[0]);
    }
    return renewals[j];
  }
}
