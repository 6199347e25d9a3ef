package io.millwright.scheduling.internal.model;

import io.millwright.scheduling.Calendar;
import io.millwright.scheduling.Flow;
import io.millwright.scheduling.Lag;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Mix;
import io.millwright.scheduling.Need;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Setup;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.Stock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What binds beyond machines, precedence, set-up times and staff of operations: lags with a most,
 * loads of ovens, campaigns, mixes, stocks, and who set-ups need. Shops with any of it are timed by
 * {@link ConditionedTimes}. Written to only while a {@link Floor} is built.
 */
public final class Conditions {

  /** Whether there is any. */
  public final boolean any;

  /** Whether any machine works on loads. */
  public final boolean ovens;

  /** A lag with a most: the operation it counts from, whether from its end, and the ticks. */
  record Most(int from, boolean end, long ticks) {}

  /**
   * What a set-up needs: pairs of pool and amount, and when all of it and the machine are there.
   */
  record Crew(int[] needs, Shifts shifts) {}

  /** A mix of a machine by operation: whether it carries the option. */
  record Carried(Mix mix, boolean[] carried) {}

  /** The lags with a most of each operation. */
  final Most[][] mosts;

  /** The pieces of a load by machine, at least and at most; 0 at most where there are no loads. */
  final long[] ovenLeast;

  final long[] ovenMost;

  /** The pieces of each operation's job. */
  final long[] pieces;

  /** The pieces of a campaign by machine, at least. */
  final long[] campaign;

  final Carried[][] mixes;

  /** The stocks that an operation fills or empties, and what flows. */
  final int[][] flowStock;

  final long[][] flowAmount;

  final List<Stock> stocks;

  /** What each set-up needs, by machine and from * families + to; null where none needs any. */
  private final @Nullable Crew[] @Nullable [] crews;

  /** By alternative: whether it joins the load before it, rather than opening one. */
  private final boolean[] joins;

  private static final Most[] NO_MOST = {};
  private static final int[] NO_STOCK = {};
  private static final long[] NO_AMOUNT = {};

  Conditions(Shop shop, boolean[] joins, Map<List<String>, Integer> names) {
    this.joins = joins;
    int machines = shop.machines().size();
    int n = names.size();
    mosts = new Most[n][];
    pieces = new long[n];
    flowStock = new int[n][];
    flowAmount = new long[n][];
    stocks = shop.stocks();
    ovenLeast = new long[machines];
    ovenMost = new long[machines];
    campaign = new long[machines];
    mixes = new Carried[machines][];
    crews = new Crew[machines][];
    Map<String, Integer> stockIndex = new HashMap<>();
    stocks.forEach(s -> stockIndex.put(s.id(), stockIndex.size()));
    boolean some = false;
    int x = 0;
    for (ShopJob job : shop.jobs()) {
      for (Operation o : job.operations()) {
        pieces[x] = job.quantity();
        mosts[x] = mosts(job, o, names);
        flows(x, o, job.quantity(), stockIndex);
        some |= mosts[x].length > 0 || flowStock[x].length > 0;
        x++;
      }
    }
    boolean loads = false;
    for (int m = 0; m < machines; m++) {
      Machine machine = shop.machines().get(m);
      ovenLeast[m] = machine.oven().map(o -> o.least()).orElse(0L);
      ovenMost[m] = machine.oven().map(o -> o.most()).orElse(0L);
      loads |= ovenMost[m] > 0;
      campaign[m] = machine.campaign();
      mixes[m] = machine.mixes().stream().map(k -> carried(shop, k)).toArray(Carried[]::new);
      some |= campaign[m] > 0 || mixes[m].length > 0;
      some |= machine.setups().stream().anyMatch(s -> !s.needs().isEmpty());
    }
    ovens = loads;
    any = some || loads;
  }

  private static Most[] mosts(ShopJob job, Operation o, Map<List<String>, Integer> names) {
    List<Most> own = new ArrayList<>();
    for (Lag lag : o.lags()) {
      if (lag.most().isPresent()) {
        String other = lag.job().isEmpty() ? job.id() : lag.job();
        own.add(
            new Most(
                Objects.requireNonNull(names.get(List.of(other, lag.operation()))),
                lag.from() == Lag.From.END,
                lag.most().getAsLong()));
      }
    }
    return own.isEmpty() ? NO_MOST : own.toArray(Most[]::new);
  }

  private void flows(int x, Operation o, long quantity, Map<String, Integer> stockIndex) {
    flowStock[x] = NO_STOCK;
    flowAmount[x] = NO_AMOUNT;
    List<Flow> flows = o.flows();
    if (!flows.isEmpty()) {
      flowStock[x] =
          flows.stream().mapToInt(f -> Objects.requireNonNull(stockIndex.get(f.stock()))).toArray();
      flowAmount[x] = flows.stream().mapToLong(f -> f.of(quantity)).toArray();
    }
  }

  private static Carried carried(Shop shop, Mix mix) {
    boolean[] carried = new boolean[shop.operationCount()];
    int x = 0;
    for (ShopJob job : shop.jobs()) {
      for (Operation o : job.operations()) {
        carried[x++] = o.options().contains(mix.option());
      }
    }
    return new Carried(mix, carried);
  }

  /** Notes who the set-ups of a machine need. */
  void crew(int m, Machine machine, Map<String, Integer> families, Pools pools, int[] capacity) {
    for (Setup s : machine.setups()) {
      if (s.needs().isEmpty() || s.duration() == 0) {
        continue;
      }
      Crew[] own = crews[m];
      if (own == null) {
        own = new Crew[families.size() * families.size()];
        crews[m] = own;
      }
      Calendar calendar = machine.calendar();
      List<Integer> held = new ArrayList<>();
      for (Need need : s.needs()) {
        int pool = pools.only(need.resource());
        calendar = calendar.and(pools.calendar(pool));
        // Who cannot run short counts by the calendar alone.
        for (int k = 0; k < need.amount() && capacity[pool] > 0; k++) {
          held.add(pool);
        }
      }
      int from = Objects.requireNonNull(families.get(s.from()));
      int to = Objects.requireNonNull(families.get(s.to()));
      own[from * families.size() + to] =
          new Crew(Pools.pairs(held.stream().mapToInt(p -> p).toArray()), new Shifts(calendar));
    }
  }

  /** What the set-up of a machine between two families needs, or null. */
  @Nullable Crew crew(int m, int from, int to, int families) {
    Crew[] own = crews[m];
    return own == null || from < 0 || to < 0 ? null : own[from * families + to];
  }

  /** The levels of the stocks at the start, with all that comes in from outside. */
  public long[] levels() {
    return stocks.stream()
        .mapToLong(s -> s.level() + s.supplies().stream().mapToLong(Stock.Supply::amount).sum())
        .toArray();
  }

  /**
   * Lets an operation change levels.
   *
   * @param also whether it does, or is only asked
   * @return whether the levels keep their limits
   */
  public boolean flows(int x, long[] level, boolean also) {
    boolean keeps = true;
    for (int k = 0; k < flowStock[x].length; k++) {
      int s = flowStock[x][k];
      long after = level[s] + flowAmount[x][k];
      keeps &= flowAmount[x][k] < 0 ? after >= 0 : after <= stocks.get(s).most();
      level[s] = also ? after : level[s];
    }
    return keeps;
  }

  /** Whether a machine works on loads. */
  public boolean oven(int m) {
    return ovenMost[m] > 0;
  }

  /** Whether an alternative joins the load that stands before it on its oven. */
  public boolean joins(int alternative) {
    return joins[alternative];
  }

  /** Whether two alternatives are one but for the load, which one opens and the other joins. */
  boolean same(int one, int other) {
    return one == other || joining(one) == other || joining(other) == one;
  }

  /** The alternative that joins where one opens a load, or that same one where it cannot. */
  public int joining(int alternative) {
    return alternative + 1 < joins.length && !joins[alternative] && joins[alternative + 1]
        ? alternative + 1
        : alternative;
  }
}
