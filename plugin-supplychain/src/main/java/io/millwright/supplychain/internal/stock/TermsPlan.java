package io.millwright.supplychain.internal.stock;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.supplychain.Distribution;
import io.millwright.supplychain.Forecast;
import io.millwright.supplychain.StockItem;
import io.millwright.supplychain.StockPlan;
import io.millwright.supplychain.StockTerms;
import io.millwright.supplychain.internal.classic.Normal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Levels on terms (rhythm of review, lots, shelf life, lead times by chance): every candidate is
 * played on the same courses of demand and of lead times (common random numbers), which are drawn
 * from the forecast. Periods of a course go together as far as the forecast's sums are wider than
 * independent periods would make them. Used once, by one thread.
 */
final class TermsPlan {

  private static final int PAIRS = 100;
  private static final int COUNTED = 60;
  private static final long KEY = 20_190_311L;
  private static final int STEPS = 24;
  private static final int ROUNDS = 3;
  private static final double[] LOTS = {0.5, 0.75, 1, 1.4, 2};

  private final StockItem item;
  private final StockTerms terms;
  private final String series;
  private final int warm;
  private final double[][] demand;
  private final int[][] delays;
  private final double mean;
  private final double most;
  private final Distribution ahead;

  TermsPlan(Forecast forecast, StockItem item, Distribution ahead) {
    this.item = item;
    this.terms = item.terms();
    this.series = forecast.series();
    this.ahead = ahead;
    int span = item.longestLeadTime() + terms.every();
    int settling = item.longestLeadTime() + 2 * terms.every() + 2 * terms.shelfLife();
    warm = settling + terms.every() - 1 - (settling + terms.every() - 1) % terms.every();
    int counted = terms.every() * Math.max(1, (COUNTED + terms.every() - 1) / terms.every());
    List<Distribution> periods = forecast.periods().subList(0, span);
    mean = periods.stream().mapToDouble(d -> Math.max(0, d.mean())).average().orElseThrow();
    double together = together(periods, ahead);
    Random random = new Random(KEY);
    demand = new double[2 * PAIRS][warm + counted];
    delays = new int[2 * PAIRS][warm + counted];
    double largest = 0;
    for (int pair = 0; pair < PAIRS; pair++) {
      double common = Math.sqrt(together) * random.nextGaussian();
      for (int t = 0; t < warm + counted; t++) {
        double z = common + Math.sqrt(1 - together) * random.nextGaussian();
        double delay = random.nextDouble();
        Distribution period = periods.get(t % span);
        for (int side = 0; side < 2; side++) {
          // One course of a pair mirrors the other, which makes their mean closer to the truth.
          double p = Normal.cumulative(side == 0 ? z : -z);
          demand[2 * pair + side][t] = Math.max(0, period.quantile(p));
          delays[2 * pair + side][t] = delay(side == 0 ? delay : 1 - delay);
          largest = Math.max(largest, demand[2 * pair + side][t]);
        }
      }
    }
    most = Math.max(largest * span, ahead.quantile(1));
  }

  /** The correlation of any two periods that makes a sum as wide as the forecast says it is. */
  private static double together(List<Distribution> periods, Distribution ahead) {
    double squares = 0;
    double widths = 0;
    for (Distribution d : periods) {
      double width = d.quantile(0.9) - d.quantile(0.1);
      squares += width * width;
      widths += width;
    }
    double sum = ahead.quantile(0.9) - ahead.quantile(0.1);
    double crossed = widths * widths - squares;
    return crossed > 0 ? Math.max(0, Math.min(0.99, (sum * sum - squares) / crossed)) : 0;
  }

  private int delay(double lot) {
    double sum = 0;
    for (int k = 0; k < terms.leadTimes().size(); k++) {
      sum += terms.leadTimes().get(k);
      if (lot < sum) {
        return k;
      }
    }
    return item.longestLeadTime();
  }

  StockPlan plan() {
    double order = item.costs().order();
    double usual = Math.sqrt(2 * order * mean / item.costs().holding());
    StockPlan best = null;
    double least = Double.POSITIVE_INFINITY;
    for (double share : order > 0 && mean > 0 ? LOTS : new double[] {0}) {
      double lot = share * usual;
      double low = level(lot);
      Played played = play(low, lot);
      double cost = isTargeted() ? played.spent() : played.spent() + played.shortage();
      if (best == null || cost < least) {
        least = cost;
        best =
            new StockPlan(
                low,
                low + lot,
                played.spent() + played.shortage(),
                played.served().fill(),
                Set.of(),
                terms,
                Optional.of(played.served().service()));
      }
    }
    if (best == null) {
      throw new IllegalStateException("no lot was tried");
    }
    return best;
  }

  private boolean isTargeted() {
    return item.fillRate().isPresent() || terms.cycle().isPresent() || terms.ready().isPresent();
  }

  /** The reorder point for a lot: that of the target, or the cheapest. */
  private double level(double lot) {
    if (item.fillRate().isPresent()) {
      return reached("fill rate", item.fillRate().getAsDouble(), lot, p -> p.served().fill());
    }
    if (terms.cycle().isPresent()) {
      return reached("cycle service", terms.cycle().getAsDouble(), lot, p -> p.served().cycle());
    }
    if (terms.ready().isPresent()) {
      return reached("ready rate", terms.ready().getAsDouble(), lot, p -> p.served().ready());
    }
    double low = 0;
    double high = most;
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
      double step = (high - low) / STEPS;
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i <= STEPS; i++) {
        Played played = play(low + i * step, lot);
        double cost = played.spent() + played.shortage();
        if (cost < least) {
          least = cost;
          best = low + i * step;
        }
      }
      low = Math.max(0, best - step);
      high = best + step;
    }
    return DefaultStockPlanner.whole(best, ahead);
  }

  private double reached(String what, double target, double lot, ToDoubleFunction<Played> service) {
    double low = 0;
    double high = most;
    double possible = service.applyAsDouble(play(high, lot));
    if (possible < target) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          String.format(
              Locale.ROOT,
              "series %s: a %s of %s cannot be reached on these terms, whatever the stock; at most"
                  + " %.3f%nMaybe order more often than goods perish, or ask for less",
              series,
              what,
              target,
              possible));
    }
    for (int i = 0; i < 40 && high - low > 1e-6 * most; i++) {
      double middle = (low + high) / 2;
      if (service.applyAsDouble(play(middle, lot)) < target) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return DefaultStockPlanner.whole(high, ahead);
  }

  /**
   * What a policy does.
   *
   * @param spent holding, orders and waste, per period
   * @param shortage what shortages cost, per period
   */
  private record Played(double spent, double shortage, Courses served) {}

  private Played play(double low, double lot) {
    StockPlan rule = new StockPlan(low, low + lot, 0, 0, Set.of(), terms, Optional.empty());
    Courses served = new Courses();
    double spent = 0;
    double shortage = 0;
    for (int c = 0; c < demand.length; c++) {
      Shelf shelf = new Shelf(item, low + lot);
      Served own = new Served(terms.every());
      for (int t = 0; t < demand[c].length; t++) {
        double ordered = t % terms.every() == 0 ? rule.order(shelf.position()) : 0;
        shelf.order(ordered, delays[c][t]);
        shelf.arrive();
        double missing = shelf.meet(demand[c][t]);
        double left = shelf.stock();
        double thrown = shelf.end();
        if (t >= warm) {
          own.add(demand[c][t], missing, left, thrown);
          spent +=
              item.costs().holding() * left
                  + terms.waste() * thrown
                  + (ordered > 0 ? item.costs().order() : 0);
          shortage += item.costs().shortage() * (item.lost() ? missing : shelf.owed());
        }
      }
      served.add(own);
    }
    double n = (double) demand.length * (demand[0].length - warm);
    return new Played(spent / n, shortage / n, served);
  }
}
