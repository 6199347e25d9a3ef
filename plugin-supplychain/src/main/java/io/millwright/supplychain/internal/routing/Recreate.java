package io.millwright.supplychain.internal.routing;

import java.util.SplittableRandom;

/**
 * Puts absent stops where they cost least, one after the other, in an order drawn anew each time,
 * now and then blind to a place (Christiaens and Vanden Berghe 2020, algorithm 3).
 */
final class Recreate {

  /**
   * Once in so many times some stops that may be left out are put in at any price: a visit that
   * does not pay alone may pay with its neighbours.
   */
  private static final int EAGER = 10;

  /** So many neighbours at most are put in together at any price. */
  private static final int TOGETHER = 6;

  /** Up to this many stops every place of every tour is looked at. */
  private static final int ALL_PLACES = 400;

  /** Above it, places beside so many near stops. */
  private static final int NEAR = 40;

  private final Model m;
  private final Tours tours;
  private final Shipping shipping;
  private final SplittableRandom random;
  private final double[] key;
  private final double[] size;
  private final double[] far;
  private final boolean[] eager;
  private final int[] group = new int[TOGETHER];
  private int eagerCount;
  private final int[] at = new int[2];
  private final int[] bestAt = new int[2];
  private final Blinks blinks;

  Recreate(Model model, Tours tours, SplittableRandom random) {
    m = model;
    this.tours = tours;
    shipping = new Shipping(model, tours);
    this.random = random;
    key = new double[m.stops];
    size = new double[m.stops];
    far = new double[m.stops];
    eager = new boolean[m.stops];
    for (int s = 0; s < m.stops; s++) {
      far[s] = m.distance(m.start[0], s);
      for (int d = 0; d < m.dims; d++) {
        double scale = Math.max(1e-9, m.capacity[d]);
        size[s] += (m.brought[s * m.dims + d] + Math.abs(m.taken[s * m.dims + d])) / scale;
      }
    }
    blinks = new Blinks(random);
  }

  /**
   * Puts stops back.
   *
   * @param absent the stops, reordered here; those that found no place come first afterwards
   * @param count how many
   * @param touch is told of each tour before it changes
   * @return how many found no place
   */
  int all(int[] absent, int count, Ruin.Touch touch) {
    if (random.nextInt(EAGER) == 0) {
      together(absent, count);
    }
    order(absent, count);
    int left = 0;
    for (int i = 0; i < count; i++) {
      int s = absent[i];
      if (tours.tour[s] >= 0) {
        continue;
      }
      if (!place(s, touch)) {
        absent[left++] = s;
      }
    }
    for (int i = 0; i < eagerCount; i++) {
      eager[group[i]] = false;
    }
    eagerCount = 0;
    return left;
  }

  /** Draws one of the stops that may be left out, and a few of those nearest to it. */
  private void together(int[] absent, int count) {
    int optional = 0;
    for (int i = 0; i < count; i++) {
      optional += m.prize[absent[i]] < Double.POSITIVE_INFINITY ? 1 : 0;
    }
    if (optional == 0) {
      return;
    }
    int drawn = random.nextInt(optional);
    int seed = -1;
    for (int i = 0; drawn >= 0; i++) {
      if (m.prize[absent[i]] < Double.POSITIVE_INFINITY) {
        seed = absent[i];
        drawn--;
      }
    }
    int most = Math.min(optional, 1 + random.nextInt(TOGETHER));
    for (int next = seed; next >= 0; ) {
      eager[next] = true;
      group[eagerCount++] = next;
      next = -1;
      for (int i = 0; i < count && eagerCount < most; i++) {
        int s = absent[i];
        if (!eager[s]
            && m.prize[s] < Double.POSITIVE_INFINITY
            && (next < 0 || m.distance(seed, s) < m.distance(seed, next))) {
          next = s;
        }
      }
    }
  }

  private void order(int[] absent, int count) {
    int kind = random.nextInt(m.timed ? 17 : 11);
    for (int i = 0; i < count; i++) {
      int s = absent[i];
      key[s] =
          switch (kind) {
            case 0, 1, 2, 3 -> random.nextDouble();
            case 4, 5, 6, 7 -> -size[s];
            case 8, 9 -> -far[s];
            case 10 -> far[s];
            case 11, 12 -> m.due[s] - m.ready[s];
            case 13, 14 -> m.ready[s];
            default -> -m.due[s];
          };
    }
    // Insertion sort: some ten stops as a rule.
    if (count < 64) {
      for (int i = 1; i < count; i++) {
        int s = absent[i];
        int j = i - 1;
        while (j >= 0 && key[absent[j]] > key[s]) {
          absent[j + 1] = absent[j];
          j--;
        }
        absent[j + 1] = s;
      }
    } else {
      Integer[] boxed = new Integer[count];
      for (int i = 0; i < count; i++) {
        boxed[i] = absent[i];
      }
      java.util.Arrays.sort(boxed, java.util.Comparator.comparingDouble(s -> key[s]));
      for (int i = 0; i < count; i++) {
        absent[i] = boxed[i];
      }
    }
  }

  private int bestVehicle;
  private double best;

  private boolean place(int s, Ruin.Touch touch) {
    int mate = m.mate[s];
    best = eager[s] ? Tours.NO : mate >= 0 ? m.prize[s] + m.prize[mate] : m.prize[s];
    bestVehicle = -1;
    if (mate >= 0) {
      pair(m.pickup[s] ? s : mate, m.pickup[s] ? mate : s);
    } else if (m.stops <= ALL_PLACES) {
      everywhere(s);
    } else {
      nearby(s);
      if (bestVehicle < 0) {
        everywhere(s);
      }
    }
    if (bestVehicle < 0) {
      return false;
    }
    touch.before(bestVehicle);
    if (mate >= 0) {
      int from = m.pickup[s] ? s : mate;
      int to = m.pickup[s] ? mate : s;
      int j = bestAt[1];
      tours.insert(from, bestVehicle, bestAt[0]);
      tours.insert(to, bestVehicle, j + 1);
    } else {
      tours.insert(s, bestVehicle, bestAt[0]);
    }
    return true;
  }

  private double change(int s, int v) {
    return m.home[s] >= 0 && m.home[s] != v ? m.problem.changePrice() : 0;
  }

  private void everywhere(int s) {
    for (int i = tours.used() - 1; i >= 0; i--) {
      int v = tours.road(i);
      if (tours.fits(s, v)) {
        consider(s, v, tours.fixedVisits[v], tours.length[v], change(s, v));
      }
    }
    idle(s);
  }

  /**
   * Idle vehicles of one type are alike, and the first stands for them; but a stop's own vehicle in
   * the draft is none of them.
   */
  private void idle(int s) {
    int own = m.home[s];
    for (int t = 0; t < m.firstOfType.length; t++) {
      int v = tours.idle(t);
      if (v >= 0 && tours.fits(s, v)) {
        consider(s, v, 0, 0, change(s, v));
      }
    }
    if (own >= 0 && tours.length[own] == 0 && tours.fits(s, own)) {
      consider(s, own, 0, 0, 0);
    }
  }

  private void nearby(int s) {
    int[] near = m.near[s];
    int seen = 0;
    for (int i = 0; i < near.length && seen < NEAR; i++) {
      int v = tours.tour[near[i]];
      if (v < 0) {
        continue;
      }
      seen++;
      int k = tours.place[near[i]];
      if (k + 1 < tours.fixedVisits[v] || !tours.fits(s, v)) {
        continue;
      }
      double change = change(s, v);
      consider(s, v, Math.max(k, tours.fixedVisits[v]), k + 1, change);
    }
    idle(s);
  }

  private void consider(int s, int v, int from, int to, double change) {
    int k = tours.best(s, v, from, to, best - change, blinks);
    if (k >= 0) {
      best = tours.found() + change;
      bestVehicle = v;
      bestAt[0] = k;
    }
  }

  private void pair(int from, int to) {
    for (int i = tours.used() - 1; i >= 0; i--) {
      pair(from, to, tours.road(i));
    }
    for (int t = 0; t < m.firstOfType.length; t++) {
      int v = tours.idle(t);
      if (v >= 0) {
        pair(from, to, v);
      }
    }
    int own = m.home[from];
    if (own >= 0 && tours.length[own] == 0) {
      pair(from, to, own);
    }
  }

  private void pair(int from, int to, int v) {
    if (!tours.fits(from, v) || !m.may(v, to) || blinks.blink()) {
      return;
    }
    double change = change(from, v) + change(to, v);
    double delta = shipping.pair(from, to, v, best - change, at) + change;
    if (delta < best) {
      best = delta;
      bestVehicle = v;
      bestAt[0] = at[0];
      bestAt[1] = at[1];
    }
  }
}
