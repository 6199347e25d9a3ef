package io.millwright.supplychain.internal.routing;

/**
 * Where both ends of a shipment go best in one tour: every pair of places, walked with the clock.
 */
final class Shipping {

  private final Model m;
  private final Tours tours;

  Shipping(Model model, Tours tours) {
    m = model;
    this.tours = tours;
  }

  /** Where a shipment goes best in one tour: its cost, and the places in {@code at}. */
  double pair(int from, int to, int v, double limit, int[] at) {
    int len = tours.length[v];
    double best = limit;
    boolean found = false;
    int[] o = tours.order[v];
    for (int i = tours.fixedVisits[v]; i <= len; i++) {
      if (tours.insertion(from, v, i, Tours.NO) == Tours.NO && !m.mixed) {
        continue;
      }
      // The goods are on board from i on: follow the tour and try every later place for the end.
      for (int j = i; j <= len; j++) {
        double delta = withPair(from, to, v, i, j, o, len, best);
        if (delta < best) {
          best = delta;
          at[0] = i;
          at[1] = j;
          found = true;
        }
      }
    }
    return found ? best : Tours.NO;
  }

  /** The cost of a tour with a shipment at two places, by walking it once. */
  private double withPair(int from, int to, int v, int i, int j, int[] o, int len, double limit) {
    int p = m.start[v];
    double way = 0;
    double[] taken = new double[m.dims];
    double time = 0;
    double earliest = m.shiftStart[v];
    double latest = m.shiftEnd[v];
    double[] peak = new double[m.dims];
    for (int k = 0, next = 0; k < len + 2; k++) {
      int s = k == i ? from : k == j + 1 ? to : o[next++];
      way += m.distance(p, s);
      if (m.perTime[v] == 0
          && m.perDistance[v] * (way - tours.distance[v]) + (len == 0 ? m.fixed[v] : 0) >= limit) {
        return Tours.NO;
      }
      if (m.timed) {
        double reach = time + m.time(p, s);
        if (earliest + reach > m.due[s] + Model.EPSILON) {
          return Tours.NO;
        }
        double wait = Math.max(m.ready[s] - reach - latest, 0);
        earliest = Math.max(m.ready[s] - reach, earliest) - wait;
        latest = Math.min(m.due[s] - reach, latest);
        time = reach + wait + m.service[s];
      }
      for (int d = 0; d < m.dims; d++) {
        double own = m.brought[s * m.dims + d];
        peak[d] = Math.max(peak[d] + own, taken[d] + Math.max(own, m.taken[s * m.dims + d]));
        taken[d] += m.taken[s * m.dims + d];
        if (peak[d] > m.capacity[v * m.dims + d] + Model.EPSILON) {
          return Tours.NO;
        }
      }
      p = s;
    }
    way += m.distance(p, m.end[v]);
    if (way > m.longest[v] + Model.EPSILON) {
      return Tours.NO;
    }
    double whole = 0;
    if (m.timed) {
      double back = time + m.time(p, m.end[v]);
      if (earliest + back > m.shiftEnd[v] + Model.EPSILON) {
        return Tours.NO;
      }
      whole = back + Math.max(m.shiftStart[v] - back - latest, 0);
      if (whole > m.hours[v] + Model.EPSILON) {
        return Tours.NO;
      }
    }
    double delta = m.fixed[v] + m.perDistance[v] * way + m.perTime[v] * whole - tours.cost[v];
    return delta < limit ? delta : Tours.NO;
  }
}
