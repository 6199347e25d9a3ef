package io.millwright.supplychain.internal.stock;

import io.millwright.api.ErrorCode;
import io.millwright.api.Flag;
import io.millwright.api.MillwrightException;
import io.millwright.api.Predictor;
import io.millwright.api.data.Series;
import io.millwright.supplychain.Distribution;
import io.millwright.supplychain.Forecast;
import io.millwright.supplychain.StockCosts;
import io.millwright.supplychain.StockItem;
import io.millwright.supplychain.StockPlan;
import io.millwright.supplychain.StockPlanner;
import io.millwright.supplychain.StockRun;
import io.millwright.supplychain.StockTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Levels from the quantiles of a forecast. */
final class DefaultStockPlanner implements StockPlanner {

  /** Into how many steps demand is cut for the search of two levels. */
  private static final int CELLS = 60;

  private static final int MOST = 4000;

  /** How many times the most that a history ever had a level may be before a person looks. */
  private static final double MOST_SEEN = 2;

  /** With fewer periods, nothing is forecast. */
  private static final int LEAST = 3;

  @Override
  public StockPlan season(Forecast forecast, int periods, StockCosts costs) {
    Distribution total = total(forecast, periods);
    double level = Math.max(0, total.quantile(costs.criticalRatio()));
    double missing = total.shortage(level);
    return new StockPlan(level, level, stockCost(total, level, costs), fill(missing, total.mean()));
  }

  @Override
  public StockPlan plan(Forecast forecast, StockItem item) {
    StockPlan plan = levels(forecast, item);
    int periods = item.longestLeadTime() + item.terms().every();
    if (total(forecast, periods).mean() < 0) {
      // More is expected to come back than to go out, which no order answers.
      return review(plan);
    }
    if (forecast.highest().isEmpty()) {
      return plan;
    }
    // What an order's own cost adds is the lot's, not the level's, to justify.
    double level = item.costs().order() > 0 ? plan.reorderPoint() : plan.orderUpTo();
    return level <= MOST_SEEN * forecast.highest().get(periods - 1) ? plan : review(plan);
  }

  private static StockPlan review(StockPlan plan) {
    return new StockPlan(
        plan.reorderPoint(),
        plan.orderUpTo(),
        plan.cost(),
        plan.fillRate(),
        Set.of(Flag.REVIEW),
        plan.terms(),
        plan.service());
  }

  private static StockPlan levels(Forecast forecast, StockItem item) {
    if (!item.terms().equals(StockTerms.none())) {
      Distribution span = total(forecast, item.longestLeadTime() + item.terms().every());
      return new TermsPlan(forecast, item, span).plan();
    }
    Distribution ahead = total(forecast, item.leadTime() + 1);
    boolean free = item.costs().order() == 0;
    if (item.fillRate().isPresent()) {
      double level = levelOf(item.fillRate().getAsDouble(), forecast, item);
      double lot = free ? 0 : lot(forecast, item);
      return described(Math.max(level, 0), lot, forecast, item);
    }
    if (free) {
      double level = Math.max(0, ahead.quantile(item.costs().criticalRatio()));
      return described(level, 0, forecast, item);
    }
    return twoLevels(forecast, item, ahead);
  }

  /** A plan that orders whole lots from a level on, which keeps the service of that level. */
  private static StockPlan described(double low, double lot, Forecast forecast, StockItem item) {
    Distribution ahead = total(forecast, item.leadTime() + 1);
    double level = whole(low, ahead);
    double cost =
        stockCost(ahead, level, item.costs())
            + item.costs().holding() * lot / 2
            + (lot > 0 ? item.costs().order() * mean(forecast, item) / lot : 0);
    return new StockPlan(level, level + lot, cost, fillAt(level, forecast, item));
  }

  /** The economic order quantity at the forecast's mean demand. */
  private static double lot(Forecast forecast, StockItem item) {
    return Math.sqrt(
        2 * item.costs().order() * Math.max(0, mean(forecast, item)) / item.costs().holding());
  }

  private static StockPlan twoLevels(Forecast forecast, StockItem item, Distribution ahead) {
    Distribution next = forecast.periods().get(item.leadTime());
    double unit = Math.max(next.quantile(0.999), next.mean()) / CELLS;
    if (!(unit > 0)) {
      double level = Math.max(0, ahead.quantile(item.costs().criticalRatio()));
      return described(level, 0, forecast, item);
    }
    if (isWhole(next)) {
      unit = Math.max(1, Math.ceil(unit));
    }
    double step = unit;
    TwoLevels.Answer best =
        TwoLevels.of(
            cells(next, step),
            y -> stockCost(ahead, y * step, item.costs()),
            item.costs().order(),
            (int) Math.ceil(ahead.quantile(item.costs().criticalRatio()) / step),
            MOST);
    double low = best.low() * step;
    double high = best.high() * step;
    return new StockPlan(low, high, best.cost(), fillAt((low + high) / 2, forecast, item));
  }

  /** A level between two amounts that can be asked for is no better than the upper one's. */
  static double whole(double level, Distribution demand) {
    if (!isWhole(demand)) {
      return level;
    }
    long unit = 0;
    for (double q : demand.quantiles()) {
      long a = Math.max(0, (long) q);
      while (a != 0) {
        long rest = unit % a;
        unit = a;
        a = rest;
      }
    }
    return unit == 0 ? Math.ceil(level) : unit * Math.ceil(level / unit - 1e-9);
  }

  private static boolean isWhole(Distribution d) {
    return d.quantiles().stream().allMatch(q -> q == Math.rint(q));
  }

  /** The probabilities of a period's demand in whole steps, the mean being kept. */
  private static double[] cells(Distribution demand, double step) {
    double[] p = new double[CELLS + 2];
    int draws = 2000;
    for (int i = 0; i < draws; i++) {
      double v = Math.max(0, demand.quantile((i + 0.5) / draws)) / step;
      int below = (int) Math.min(CELLS, v);
      double part = Math.min(1, v - below);
      p[below] += (1 - part) / draws;
      p[below + 1] += part / draws;
    }
    // A search for levels needs some demand.
    if (p[0] > 1 - 1e-6) {
      p[0] = 1 - 1e-6;
      p[1] += 1e-6;
    }
    return p;
  }

  /** The least level that is expected to meet a share of the demand at once. */
  private static double levelOf(double fillRate, Forecast forecast, StockItem item) {
    Distribution ahead = total(forecast, item.leadTime() + 1);
    double low = 0;
    double high = Math.max(1e-9, ahead.quantiles().get(ahead.quantiles().size() - 1));
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (fillAt(middle, forecast, item) < fillRate) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return whole(high, ahead);
  }

  /** What is missing after lead time and one period, but was not missing before that period. */
  private static double fillAt(double level, Forecast forecast, StockItem item) {
    double after = total(forecast, item.leadTime() + 1).shortage(level);
    double before = item.leadTime() == 0 ? 0 : total(forecast, item.leadTime()).shortage(level);
    return fill(after - before, mean(forecast, item));
  }

  private static double fill(double missing, double mean) {
    return mean > 0 ? Math.max(0, Math.min(1, 1 - missing / mean)) : 1;
  }

  /** The expected demand of the period in which an order of now arrives. */
  private static double mean(Forecast forecast, StockItem item) {
    return forecast.periods().get(item.leadTime()).mean();
  }

  private static double stockCost(Distribution demand, double level, StockCosts costs) {
    double missing = demand.shortage(level);
    double left = demand.excess(level);
    return costs.holding() * left + costs.shortage() * missing;
  }

  private static Distribution total(Forecast forecast, int periods) {
    if (periods < 1 || periods > forecast.horizon()) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "series "
              + forecast.series()
              + ": the demand over "
              + periods
              + " periods is needed, but "
              + forecast.horizon()
              + " are forecast\nMaybe train with a longer horizon: lead time and one period");
    }
    return forecast.totals().get(periods - 1);
  }

  @Override
  public StockRun simulate(
      Predictor<Series, Forecast> model, Series history, StockItem item, int periods) {
    int warm = item.longestLeadTime() + item.terms().shelfLife();
    int begin = history.length() - periods - warm;
    for (int t = 0; t < history.length(); t++) {
      if (history.values().get(t) < 0) {
        throw new MillwrightException(
            ErrorCode.OUT_OF_RANGE,
            "series "
                + history.id()
                + ", period "
                + history.label(t)
                + ": the demand is "
                + history.values().get(t)
                + "\nMaybe it was returned: add returns to the stock, not to the demand");
      }
    }
    if (periods < 1 || begin < LEAST) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          "series "
              + history.id()
              + " has "
              + history.length()
              + " periods, but "
              + (Math.max(1, periods) + warm + LEAST)
              + " are needed to play "
              + periods
              + " with a lead time of "
              + item.longestLeadTime()
              + (item.terms().shelfLife() > 0
                  ? " and goods that last " + item.terms().shelfLife()
                  : "")
              + "\nMaybe play fewer periods");
    }
    return new Play(history, item, begin, begin + warm).run(model, this);
  }

  /** One run through a history. */
  private static final class Play {

    private static final long KEY = 41;

    private final Series history;
    private final StockItem item;
    private final int begin;
    private final int counted;
    private final Random lots = new Random(KEY);
    private final Served served;
    private final List<StockRun.Period> periods = new ArrayList<>();
    private double held;
    private double cost;
    private int orders;

    Play(Series history, StockItem item, int begin, int counted) {
      this.history = history;
      this.item = item;
      this.begin = begin;
      this.counted = counted;
      this.served = new Served(item.terms().every());
    }

    StockRun run(Predictor<Series, Forecast> model, StockPlanner planner) {
      int every = item.terms().every();
      StockPlan plan = planned(model, planner, begin);
      Shelf shelf = new Shelf(item, plan.orderUpTo());
      for (int t = begin; t < history.length(); t++) {
        boolean isReview = Math.floorMod(t - counted, every) == 0;
        plan = t > begin && isReview ? planned(model, planner, t) : plan;
        period(t, plan, isReview ? plan.order(shelf.position()) : 0, shelf);
      }
      int n = history.length() - counted;
      return new StockRun(periods, served.fill(), held / n, cost / n, orders, served.service());
    }

    private StockPlan planned(Predictor<Series, Forecast> model, StockPlanner planner, int t) {
      return planner.plan(model.predict(history.first(t)).orElseThrow().value(), item);
    }

    private int delay() {
      List<Double> probabilities = item.terms().leadTimes();
      double lot = probabilities.isEmpty() ? 1 : lots.nextDouble();
      for (int k = 0; k < probabilities.size(); k++) {
        lot -= probabilities.get(k);
        if (lot < 0) {
          return k;
        }
      }
      return item.longestLeadTime();
    }

    private void period(int t, StockPlan plan, double ordered, Shelf shelf) {
      shelf.order(ordered, delay());
      double arrived = shelf.arrive();
      double value = history.values().get(t);
      double demand = Double.isNaN(value) ? 0 : value;
      double missing = shelf.meet(demand);
      double left = shelf.stock();
      double thrown = shelf.end();
      if (t >= counted) {
        served.add(demand, missing, left, thrown);
        held += left;
        orders += ordered > 0 ? 1 : 0;
        cost +=
            item.costs().holding() * left
                + item.terms().waste() * thrown
                + item.costs().shortage() * (item.lost() ? missing : shelf.owed())
                + (ordered > 0 ? item.costs().order() : 0);
        periods.add(
            new StockRun.Period(
                history.label(t), demand, arrived, ordered, missing, left, shelf.owed(), plan));
      }
    }
  }
}
