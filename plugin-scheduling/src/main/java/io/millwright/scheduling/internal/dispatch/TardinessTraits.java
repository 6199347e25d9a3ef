package io.millwright.scheduling.internal.dispatch;

import java.util.Arrays;

/**
 * What tells the candidates of a machine apart where due dates count. Durations are relative to the
 * mean duration, times to due dates likewise, worths to the best of the candidates. Not
 * thread-safe.
 */
final class TardinessTraits implements Traits {

  private static final int SIZE = 34;

  private double[] queue = {};
  private double[] urgent = {};
  private double[] a = new double[16];
  private double[] b = new double[16];
  private double[] c = new double[16];
  private double[] d = new double[16];

  @Override
  public int size() {
    return SIZE;
  }

  private static double log(double x) {
    return x >= 0 ? Math.log1p(x) : -Math.log1p(-x);
  }

  @Override
  public void fill(FloorState s, int m, double now, int[] slots, int count, float[] f) {
    if (a.length < count) {
      a = new double[2 * count];
      b = new double[2 * count];
      c = new double[2 * count];
      d = new double[2 * count];
    }
    double mean = s.mean;
    int machines = s.machines();
    if (queue.length < machines) {
      queue = new double[machines];
      urgent = new double[machines];
    }
    Arrays.fill(queue, 0);
    Arrays.fill(urgent, 0);
    double lateJobs = 0;
    double slacks = 0;
    double weights = 0;
    double total = 0;
    for (int i = 0; i < s.jobs; i++) {
      int j = s.active[i];
      if (s.waits(j)) {
        int k = s.route[j][s.next[j]];
        double slack = s.due[j] - now - s.left[j];
        if (s.ready[j] <= now) {
          queue[k] += s.work[j][s.next[j]];
        }
        if (slack < 3 * mean) {
          urgent[k] += s.work[j][s.next[j]];
        }
        lateJobs += slack < 0 ? 1 : 0;
        slacks += log(slack / mean);
        weights += s.weight[j];
        total++;
      }
    }
    total = Math.max(1, total);
    double meanWeight = weights / total;
    double meanQueue = 0;
    double meanLoad = 0;
    for (int k = 0; k < machines; k++) {
      meanQueue += queue[k] / machines;
      meanLoad += s.load[k] / machines;
    }
    double most1 = Double.NEGATIVE_INFINITY;
    double most2 = most1;
    double most3 = most1;
    double sumWork = 0;
    double sumSlack = 0;
    double leastWork = Double.POSITIVE_INFINITY;
    double leastLeft = Double.POSITIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      int j = slots[i];
      double p = s.work[j][s.next[j]];
      double rest = s.left[j] - p;
      double slack = s.due[j] - now - s.left[j];
      double calm = slack - 2 * rest;
      double worth = Math.log(s.weight[j] / p);
      a[i] = worth - Math.max(0, slack) / (3 * mean);
      b[i] = worth - Math.max(0, calm) / (3 * mean);
      c[i] = worth;
      d[i] = slack;
      most1 = Math.max(most1, a[i]);
      most2 = Math.max(most2, b[i]);
      most3 = Math.max(most3, c[i]);
      sumWork += p;
      sumSlack += log(slack / mean);
      leastWork = Math.min(leastWork, p);
      leastLeft = Math.min(leastLeft, s.left[j]);
    }
    int at = 0;
    for (int i = 0; i < count; i++, at += SIZE) {
      int j = slots[i];
      int k = s.next[j];
      int steps = s.route[j].length;
      double p = s.work[j][k];
      double rest = s.left[j] - p;
      double slack = d[i];
      int shorter = 0;
      int tighter = 0;
      int worthier = 0;
      double hurt = 0;
      for (int o = 0; o < count; o++) {
        if (o != i) {
          int jo = slots[o];
          shorter += s.work[jo][s.next[jo]] < p ? 1 : 0;
          tighter += d[o] < slack ? 1 : 0;
          worthier += c[o] > c[i] ? 1 : 0;
          // What the others lose while this one is done, as far as they are short of time.
          hurt += s.weight[jo] * Math.max(0, Math.min(p, p - d[o]));
        }
      }
      double others = Math.max(1, count - 1);
      boolean last = k + 1 == steps;
      int n1 = last ? -1 : s.route[j][k + 1];
      double waits = 0;
      for (int l = k + 1; l < steps; l++) {
        waits += queue[s.route[j][l]];
      }
      double real = slack - waits;
      f[at] = (float) log(p / mean);
      f[at + 1] = (float) log(rest / mean);
      f[at + 2] = (float) log((double) steps - k - 1);
      f[at + 3] = (float) log(slack / mean);
      f[at + 4] = (float) log(slack / mean / (steps - k));
      f[at + 5] = (float) log((s.due[j] - now) / mean);
      f[at + 6] = (float) log((slack - 2 * rest) / mean);
      f[at + 7] = (float) log(real / mean);
      f[at + 8] = (float) Math.log(s.weight[j] / meanWeight);
      f[at + 9] = (float) Math.max(-8, a[i] - most1);
      f[at + 10] = (float) Math.max(-8, b[i] - most2);
      f[at + 11] = (float) (c[i] - most3);
      f[at + 12] = (float) (shorter / others);
      f[at + 13] = (float) (tighter / others);
      f[at + 14] = (float) (worthier / others);
      f[at + 15] = last ? 0 : (float) log(queue[n1] / mean);
      f[at + 16] = last ? 0 : (float) log(Math.max(0, s.free[n1] - now) / mean);
      f[at + 17] = last ? 0 : (float) log(urgent[n1] / mean);
      f[at + 18] = last ? 0 : (float) log(s.load[n1] / mean);
      f[at + 19] = last ? 1 : 0;
      f[at + 20] = (float) log((now - s.ready[j]) / mean);
      f[at + 21] = (float) Math.log(count);
      f[at + 22] = (float) log(queue[m] / mean);
      f[at + 23] = (float) log(meanQueue / mean);
      f[at + 24] = (float) (lateJobs / total);
      f[at + 25] = (float) (slacks / total);
      f[at + 26] = (float) log(hurt / meanWeight / mean);
      f[at + 27] = (float) ((p - sumWork / count) / mean);
      f[at + 28] = (float) (log(slack / mean) - sumSlack / count);
      f[at + 29] = (float) log(waits / mean);
      f[at + 30] = slack < 0 ? 1 : 0;
      f[at + 31] = (float) log((s.load[m] - meanLoad) / mean);
      f[at + 32] = (float) ((double) k / steps);
      f[at + 33] = last || queue[n1] > 0 ? 0 : (float) (s.free[n1] <= now + p ? 1 : 0);
    }
  }
}
