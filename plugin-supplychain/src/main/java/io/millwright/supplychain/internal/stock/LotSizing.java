package io.millwright.supplychain.internal.stock;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.supplychain.StockModels.Lots;
import io.millwright.supplychain.StockModels.PeriodCosts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The cheapest way through the periods, each order meeting the demand of whole periods. */
final class LotSizing {

  private LotSizing() {}

  static Lots of(List<Double> demand, List<PeriodCosts> costs) {
    int n = demand.size();
    if (costs.size() != n) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          n
              + " periods have a demand, but "
              + costs.size()
              + " have costs\nMaybe give one of each for every period");
    }
    for (int t = 0; t < n; t++) {
      if (!(demand.get(t) >= 0) || Double.isInfinite(demand.get(t))) {
        throw new MillwrightException(
            ErrorCode.OUT_OF_RANGE,
            "the demand of period " + (t + 1) + " is " + demand.get(t) + "\nMaybe it was returned");
      }
    }
    // Cheapest way from period t to the end, when an order is placed in t.
    double[] cost = new double[n + 1];
    int[] until = new int[n + 1];
    for (int t = n - 1; t >= 0; t--) {
      cost[t] = Double.POSITIVE_INFINITY;
      double unit = costs.get(t).price();
      double bought = 0;
      for (int end = t + 1; end <= n; end++) {
        bought += unit * demand.get(end - 1);
        unit += costs.get(end - 1).holding();
        double here = costs.get(t).order() + bought + cost[end];
        if (here < cost[t]) {
          cost[t] = here;
          until[t] = end;
        }
      }
      if (demand.get(t) == 0 && cost[t + 1] <= cost[t]) {
        cost[t] = cost[t + 1];
        until[t] = -1;
      }
    }
    List<Double> orders = new ArrayList<>(Collections.nCopies(n, 0.0));
    for (int t = 0; t < n; ) {
      if (until[t] < 0) {
        t++;
        continue;
      }
      double sum = 0;
      for (int k = t; k < until[t]; k++) {
        sum += demand.get(k);
      }
      orders.set(t, sum);
      t = until[t];
    }
    return new Lots(orders, cost[0]);
  }
}
