package io.millwright.supplychain.internal.stock;

import io.millwright.supplychain.Demand;
import io.millwright.supplychain.StockCosts;
import io.millwright.supplychain.StockModels.Lot;
import io.millwright.supplychain.internal.classic.Normal;

/** The newsvendor for demand of a distribution without lead time. */
final class Newsvendor {

  private Newsvendor() {}

  /** Level and expected cost, by the expected demand beyond the level. */
  static Lot of(Demand demand, StockCosts costs) {
    double ratio = costs.criticalRatio();
    double level;
    double missing;
    if (demand instanceof Demand.Uniform uniform) {
      double width = uniform.high() - uniform.low();
      level = uniform.low() + ratio * width;
      missing = (uniform.high() - level) * (uniform.high() - level) / (2 * width);
    } else if (demand instanceof Demand.Lognormal lognormal) {
      double relative = lognormal.deviation() / lognormal.mean();
      double sigma = Math.sqrt(Math.log1p(relative * relative));
      double z = Normal.quantile(ratio);
      level = lognormal.mean() * Math.exp(sigma * z - sigma * sigma / 2);
      missing = lognormal.mean() * Normal.cumulative(sigma - z) - level * Normal.cumulative(-z);
    } else if (demand instanceof Demand.Discrete discrete) {
      int at = 0;
      double below = discrete.probabilities().get(0);
      while (below < ratio - 1e-12 && at < discrete.values().size() - 1) {
        below += discrete.probabilities().get(++at);
      }
      level = discrete.values().get(at);
      missing = 0;
      for (int i = at + 1; i < discrete.values().size(); i++) {
        missing += discrete.probabilities().get(i) * (discrete.values().get(i) - level);
      }
    } else {
      throw DefaultStockModels.unsupported("the newsvendor", demand);
    }
    double left = missing + level - demand.mean();
    return new Lot(level, costs.holding() * left + costs.shortage() * missing);
  }
}
