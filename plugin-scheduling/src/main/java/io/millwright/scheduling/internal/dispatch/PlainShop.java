package io.millwright.scheduling.internal.dispatch;

import io.millwright.runtime.support.KeyedRandom;

/**
 * A job shop of fixed routes and nothing else: by job the machines and durations of its steps.
 *
 * @param machines how many machines there are
 * @param route by job, the machine of each step
 * @param work by job, the duration of each step
 */
record PlainShop(int machines, int[][] route, double[][] work) {

  /** A shop as Taillard (1993) draws them: routes over all machines, durations from 1 to 99. */
  static PlainShop drawn(int jobs, int machines, KeyedRandom random) {
    int[][] route = new int[jobs][];
    double[][] work = new double[jobs][machines];
    for (int j = 0; j < jobs; j++) {
      route[j] = random.permutation(machines);
      for (int k = 0; k < machines; k++) {
        work[j][k] = 1 + random.nextInt(99);
      }
    }
    return new PlainShop(machines, route, work);
  }

  /** The same shop read from its end: every route the other way round. */
  PlainShop reversed() {
    int[][] back = new int[route.length][];
    double[][] durations = new double[route.length][];
    for (int j = 0; j < route.length; j++) {
      int steps = route[j].length;
      back[j] = new int[steps];
      durations[j] = new double[steps];
      for (int k = 0; k < steps; k++) {
        back[j][k] = route[j][steps - 1 - k];
        durations[j][k] = work[j][steps - 1 - k];
      }
    }
    return new PlainShop(machines, back, durations);
  }

  /** The simple lower bound: the longest job, the load of a machine. */
  double bound() {
    double[] load = new double[machines];
    double bound = 1e-9;
    for (int j = 0; j < route.length; j++) {
      double length = 0;
      for (int k = 0; k < route[j].length; k++) {
        length += work[j][k];
        load[route[j][k]] += work[j][k];
      }
      bound = Math.max(bound, length);
    }
    for (double l : load) {
      bound = Math.max(bound, l);
    }
    return bound;
  }

  int jobs() {
    return route.length;
  }
}
