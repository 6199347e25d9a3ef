package io.millwright.scheduling.internal.dispatch;

/**
 * What tells the candidates of a machine apart where the end of all work counts. Every number is
 * relative to the shop: durations to the mean duration, work to what is left until the lower bound,
 * ranks among the candidates. So the same network serves shops of every size. Not thread-safe.
 */
final class MakespanTraits implements Traits {

  private static final int SIZE = 36;

  private double[] est = new double[16];
  private double[] ect = new double[16];
  private double[] tail = new double[16];
  private double[] queue = {};

  @Override
  public int size() {
    return SIZE;
  }

  private static double log(double x) {
    return x >= 0 ? Math.log1p(x) : -Math.log1p(-x);
  }

  @Override
  public void fill(FloorState s, int m, double now, int[] slots, int count, float[] into) {
    if (est.length < count) {
      est = new double[2 * count];
      ect = new double[2 * count];
      tail = new double[2 * count];
    }
    // The bounds of all jobs and machines.
    int machines = s.machines();
    if (queue.length < machines) {
      queue = new double[machines];
    }
    double bound = now;
    double most = 1e-9;
    int neck = m;
    for (int k = 0; k < machines; k++) {
      double b = s.free[k] + s.load[k];
      if (s.ahead[k] > 0 && b > bound) {
        bound = b;
      }
      if (s.load[k] > most) {
        most = s.load[k];
        neck = k;
      }
      queue[k] = 0;
    }
    int coming = 0;
    for (int i = 0; i < s.jobs; i++) {
      int j = s.active[i];
      if (s.waits(j)) {
        int k = s.route[j][s.next[j]];
        double at = Math.max(s.ready[j], s.free[k]);
        bound = Math.max(bound, at + s.left[j]);
        queue[k] += s.work[j][s.next[j]];
        coming += k == m ? 1 : 0;
      }
    }
    coming -= count;
    double mean = s.mean;
    double horizon = Math.max(mean, bound - now);
    double minEst = Double.POSITIVE_INFINITY;
    double minEct = Double.POSITIVE_INFINITY;
    double mostTail = 0;
    double sumTail = 0;
    double sumWork = 0;
    double sumOps = 0;
    for (int i = 0; i < count; i++) {
      int j = slots[i];
      double p = s.work[j][s.next[j]];
      est[i] = Math.max(s.ready[j], s.free[m]);
      ect[i] = est[i] + p;
      tail[i] = s.left[j] - p;
      minEst = Math.min(minEst, est[i]);
      minEct = Math.min(minEct, ect[i]);
      mostTail = Math.max(mostTail, tail[i]);
      sumTail += tail[i];
      sumWork += p;
      sumOps += s.route[j].length - s.next[j] - 1;
    }
    double minJob = Double.POSITIVE_INFINITY;
    double minMachine = Double.POSITIVE_INFINITY;
    int at = 0;
    for (int i = 0; i < count; i++, at += SIZE) {
      int j = slots[i];
      int k = s.next[j];
      int steps = s.route[j].length;
      double p = s.work[j][k];
      double q = tail[i];
      // What choosing this one does to the others.
      double job = ect[i] + q;
      double least = count == 1 ? 0 : Double.POSITIVE_INFINITY;
      int shorter = 0;
      int smaller = 0;
      int later = 0;
      for (int o = 0; o < count; o++) {
        if (o != i) {
          double po = ect[o] - est[o];
          job = Math.max(job, Math.max(est[o], ect[i]) + po + tail[o]);
          least = Math.min(least, tail[o]);
          shorter += po < p ? 1 : 0;
          smaller += tail[o] < q ? 1 : 0;
          later += est[o] > est[i] ? 1 : 0;
        }
      }
      double machine = ect[i] + s.load[m] - p + Math.min(least, s.ahead[m] > count ? 0 : least);
      minJob = Math.min(minJob, job);
      minMachine = Math.min(minMachine, machine);
      double others = Math.max(1, count - 1);
      double critical = 0;
      double until = -1;
      double sofar = 0;
      double worst = 0;
      double wait = 0;
      for (int l = k + 1; l < steps; l++) {
        int b = s.route[j][l];
        double w = s.work[j][l];
        critical += w * s.load[b];
        wait += s.load[b] / Math.max(1, s.ahead[b]);
        if (b == neck && until < 0) {
          until = sofar;
        }
        worst = Math.max(worst, s.free[b] + s.load[b]);
        sofar += w;
      }
      boolean last = k + 1 == steps;
      int n1 = last ? -1 : s.route[j][k + 1];
      int n2 = k + 2 < steps ? s.route[j][k + 2] : -1;
      float[] f = into;
      f[at] = (float) (p / mean);
      f[at + 1] = (float) log((est[i] - minEst) / mean);
      f[at + 2] = (float) log((ect[i] - minEct) / mean);
      f[at + 3] = (float) (q / horizon);
      f[at + 4] = (float) ((q - mostTail) / horizon);
      f[at + 5] = (float) ((q - sumTail / count) / horizon);
      f[at + 6] = (float) log((bound - ect[i] - q) / mean);
      f[at + 7] = (float) ((steps - k - 1) / 15.0);
      f[at + 8] = (float) ((steps - k - 1 - sumOps / count) / 5);
      f[at + 9] = last ? 0 : (float) log((s.free[n1] - ect[i]) / mean);
      f[at + 10] = last ? 0 : (float) (s.load[n1] / horizon);
      f[at + 11] = last ? 0 : (float) log(queue[n1] / mean);
      f[at + 12] = n2 < 0 ? 0 : (float) (s.load[n2] / horizon);
      f[at + 13] = (float) Math.log(count);
      f[at + 14] = (float) (s.load[m] / horizon);
      f[at + 15] = (float) (s.load[m] / most);
      f[at + 16] = (float) job;
      f[at + 17] = (float) machine;
      f[at + 18] = (float) log((job - bound) / mean);
      f[at + 19] = (float) log((machine - bound) / mean);
      f[at + 20] = (float) (critical / most / horizon);
      f[at + 21] = until < 0 ? 0 : 1;
      f[at + 22] = until < 0 ? 0 : (float) log(until / mean);
      f[at + 23] = (float) (shorter / others);
      f[at + 24] = (float) (smaller / others);
      f[at + 25] = (float) (later / others);
      f[at + 26] = (float) log((minEst - s.ready[j]) / mean);
      f[at + 27] = (float) s.progress();
      f[at + 28] = (float) ((double) k / steps);
      f[at + 29] = (float) log((est[i] - s.free[m]) / mean);
      f[at + 30] = (float) log((double) coming);
      f[at + 31] = (float) Math.log1p(s.ahead[m]);
      f[at + 32] = (float) ((p - sumWork / count) / mean);
      f[at + 33] = last ? 1 : 0;
      f[at + 34] = (float) log((bound - worst) / mean);
      f[at + 35] = (float) (wait / horizon);
    }
    at = 0;
    for (int i = 0; i < count; i++, at += SIZE) {
      into[at + 16] = (float) log((into[at + 16] - minJob) / mean);
      into[at + 17] = (float) log((into[at + 17] - minMachine) / mean);
    }
  }
}
