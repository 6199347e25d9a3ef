package io.millwright.supplychain.internal.routing;

import io.millwright.supplychain.StopReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/** What each stop of a plan costs, and who else could take it over. */
final class Reasons {

  private final Model m;
  private final Tours tours;
  private final Shipping shipping;
  private final int[] at = new int[2];

  private Reasons(Model model, int[][] orders) {
    m = model;
    tours = new Tours(model);
    shipping = new Shipping(model, tours);
    for (int v = 0; v < orders.length; v++) {
      tours.order[v] = Arrays.copyOf(orders[v], Math.max(8, orders[v].length));
      tours.length[v] = orders[v].length;
      tours.refresh(v);
    }
  }

  static List<StopReason> of(Model model, int[][] orders) {
    Reasons reasons = new Reasons(model, orders);
    List<StopReason> all = new ArrayList<>();
    for (int s = 0; s < model.stops; s++) {
      all.add(reasons.tours.tour[s] < 0 ? reasons.absent(s) : reasons.visited(s));
    }
    all.sort(Comparator.comparingDouble(StopReason::cost).reversed());
    return all;
  }

  private StopReason absent(int s) {
    Other other = other(s, -1);
    double detour = Double.POSITIVE_INFINITY;
    if (other.vehicle >= 0) {
      int v = other.vehicle;
      double before = tours.distance[v];
      put(s, v);
      detour = tours.distance[v] - before;
      take(s);
    }
    return new StopReason(
        name(s),
        "",
        detour,
        other.cost,
        other.vehicle < 0 ? "" : m.vehicleName[other.vehicle],
        other.vehicle < 0 ? OptionalDouble.empty() : OptionalDouble.of(other.cost - prize(s)));
  }

  private double prize(int s) {
    return m.prize[s] + (m.mate[s] >= 0 ? m.prize[m.mate[s]] : 0);
  }

  private StopReason visited(int s) {
    int v = tours.tour[s];
    int[] kept = Arrays.copyOf(tours.order[v], tours.length[v]);
    double way = tours.distance[v];
    double cost = tours.cost[v];
    take(s);
    double detour = way - tours.distance[v];
    double saved = cost - tours.cost[v];
    Other other = other(s, v);
    System.arraycopy(kept, 0, tours.order[v], 0, kept.length);
    tours.length[v] = kept.length;
    tours.refresh(v);
    return new StopReason(
        name(s),
        m.vehicleName[v],
        detour,
        saved,
        other.vehicle < 0 ? "" : m.vehicleName[other.vehicle],
        other.vehicle < 0 ? OptionalDouble.empty() : OptionalDouble.of(other.cost - saved));
  }

  private String name(int s) {
    return m.problem.stops().get(s).id();
  }

  private void take(int s) {
    int v = tours.tour[s];
    if (m.mate[s] >= 0) {
      tours.remove(m.mate[s]);
    }
    tours.remove(s);
    tours.refresh(v);
  }

  private void put(int s, int v) {
    int mate = m.mate[s];
    if (mate >= 0) {
      int from = m.pickup[s] ? s : mate;
      int to = m.pickup[s] ? mate : s;
      shipping.pair(from, to, v, Tours.NO, at);
      tours.insert(from, v, at[0]);
      tours.insert(to, v, at[1] + 1);
      return;
    }
    double best = Tours.NO;
    int place = 0;
    for (int k = 0; k <= tours.length[v]; k++) {
      double c = tours.insertion(s, v, k, best);
      if (c < best) {
        best = c;
        place = k;
      }
    }
    tours.insert(s, v, place);
  }

  private record Other(int vehicle, double cost) {}

  private Other other(int s, int not) {
    double best = Tours.NO;
    int vehicle = -1;
    int mate = m.mate[s];
    int empty = -1;
    for (int v = 0; v < m.vehicles; v++) {
      if (v == not || tours.length[v] == 0 && empty >= 0 && m.type[v] == m.type[empty]) {
        continue;
      }
      empty = tours.length[v] == 0 ? v : empty;
      if (mate >= 0) {
        int from = m.pickup[s] ? s : mate;
        int to = m.pickup[s] ? mate : s;
        double c = m.may(v, from) && m.may(v, to) ? shipping.pair(from, to, v, best, at) : Tours.NO;
        if (c < best) {
          best = c;
          vehicle = v;
        }
      } else if (tours.fits(s, v)) {
        for (int k = 0; k <= tours.length[v]; k++) {
          double c = tours.insertion(s, v, k, best);
          if (c < best) {
            best = c;
            vehicle = v;
          }
        }
      }
    }
    return new Other(vehicle, best);
  }
}
