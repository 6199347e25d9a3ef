package io.millwright.maintenance.internal.vibration;

import io.millwright.maintenance.GearMesh;
import io.millwright.maintenance.GearTrain;
import io.millwright.maintenance.Vibration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The vibration of gears by the angle of a shaft: the recording, or the envelope of what lies above
 * the harmonics of mesh. An angle that was not measured by pulses is corrected by the phase of the
 * strongest mesh (Bonnardot 2005).
 */
final class GearSignal {

  /** Turns of a gear below which its average is not looked at. */
  static final int TURNS = 8;

  private static final double SLIP = 0.01;
  private static final int MOST = 1 << 23;
  private static final int LEAST_A_TOOTH = 8;

  private final GearTrain train;
  private final double[] samples;
  private final double[] turns;
  private final double slowest;
  private final String note;

  private GearSignal(
      GearTrain train, double[] samples, double[] turns, double slowest, String note) {
    this.train = train;
    this.samples = samples;
    this.turns = turns;
    this.slowest = slowest;
    this.note = note;
  }

  /** A place that is always heard at the same angle. */
  record Peak(double score, double size, double place, int turns) {}

  /** The most outstanding places of the gears of a mesh, and of their meeting. */
  record Averages(Peak driver, Peak driven, Peak hunting) {}

  static GearSignal of(Vibration vibration, GearTrain train) {
    double[] samples = vibration.samples();
    double mean = Arrays.stream(samples).average().orElse(0);
    for (int i = 0; i < samples.length; i++) {
      samples[i] -= mean;
    }
    GearSignal plain = of(train, samples, Angles.turns(vibration, 0, samples.length), "");
    return vibration.speed().measured() ? plain : plain.slipped().drifted();
  }

  private static GearSignal of(GearTrain train, double[] samples, double[] turns, String note) {
    double slowest = Double.POSITIVE_INFINITY;
    for (int i = 1; i < turns.length; i++) {
      slowest = Math.min(slowest, turns[i] - turns[i - 1]);
    }
    return new GearSignal(train, samples, turns, slowest, note);
  }

  private GearSignal turned(double[] other, String why) {
    return of(train, samples, other, note + why);
  }

  /** What was corrected, for people. */
  String note() {
    return note;
  }

  /** The highest order that the recording holds. */
  double reach() {
    return 0.5 / slowest;
  }

  private double all() {
    return turns[turns.length - 1];
  }

  OrderSpectrum spectrum() {
    int count = (int) Math.min(MOST, all() / slowest);
    return OrderSpectrum.of(Angles.even(samples, turns, slowest, count), count * slowest);
  }

  private double[] meshes() {
    return IntStream.rangeClosed(1, train.meshes().size())
        .mapToDouble(train::mesh)
        .filter(m -> m < reach())
        .toArray();
  }

  /** The stated speed, scaled so that lines lie where harmonics of mesh do. */
  private GearSignal slipped() {
    double[] meshes = meshes();
    if (meshes.length == 0) {
      return this;
    }
    OrderSpectrum spectrum = spectrum();
    double step = spectrum.step() / 3 / Arrays.stream(meshes).max().orElseThrow();
    double best = 1;
    double most = spectrum.fit(meshes, 1) + 1;
    for (double slip = -SLIP; slip <= SLIP; slip += step) {
      double fit = spectrum.fit(meshes, 1 + slip);
      if (fit > most) {
        most = fit;
        best = 1 + slip;
      }
    }
    double scale = best;
    return scale == 1
        ? this
        : turned(
            Arrays.stream(turns).map(t -> t * scale).toArray(),
            String.format(Locale.ROOT, "; the shaft turns %.4f times as fast as stated", scale));
  }

  /** The angle, corrected by the slow phase of the strongest harmonic of mesh. */
  private GearSignal drifted() {
    OrderSpectrum spectrum = spectrum();
    double carrier = 0;
    double strongest = 0;
    double slow = Double.POSITIVE_INFINITY;
    for (int m = 1; m <= train.meshes().size(); m++) {
      for (int h = 1; h <= 3 && h * train.mesh(m) < 0.8 * reach(); h++) {
        double line = spectrum.line(h * train.mesh(m));
        if (line > strongest) {
          strongest = line;
          carrier = h * train.mesh(m);
          slow = Math.min(train.shaft(m), train.shaft(m + 1));
        }
      }
    }
    // Twice over two turns of the slower gear: what is left moves slower than any sideband.
    int wide = (int) Math.min(turns.length, 2 / slow / all() * turns.length);
    if (carrier == 0 || 4 * wide > turns.length) {
      return this;
    }
    double[] re = new double[turns.length];
    double[] im = new double[turns.length];
    for (int i = 0; i < turns.length; i++) {
      double phase = 2 * Math.PI * carrier * turns[i];
      re[i] = samples[i] * Math.cos(phase);
      im[i] = -samples[i] * Math.sin(phase);
    }
    for (int pass = 0; pass < 2; pass++) {
      re = moving(re, wide);
      im = moving(im, wide);
    }
    double[] size = new double[turns.length];
    for (int i = 0; i < size.length; i++) {
      size[i] = Math.hypot(re[i], im[i]);
    }
    double[] sorted = size.clone();
    Arrays.sort(sorted);
    if (sorted[size.length / 100] < 0.2 * sorted[size.length / 2]) {
      return this;
    }
    double[] corrected = new double[turns.length];
    double before = Math.atan2(im[0], re[0]);
    double sum = 0;
    double most = 0;
    for (int i = 0; i < turns.length; i++) {
      double phase = Math.atan2(im[i], re[i]);
      sum += Math.IEEEremainder(phase - before, 2 * Math.PI);
      before = phase;
      corrected[i] = turns[i] + sum / (2 * Math.PI * carrier);
      most = Math.max(most, Math.abs(corrected[i] - turns[i]));
      if (i > 0 && corrected[i] <= corrected[i - 1]) {
        return this;
      }
    }
    return turned(
        corrected,
        String.format(
            Locale.ROOT, "; its angle was corrected by up to %.3f turns by the mesh", most));
  }

  private static double[] moving(double[] values, int wide) {
    int half = Math.max(1, wide / 2);
    double[] sums = new double[values.length + 1];
    for (int i = 0; i < values.length; i++) {
      sums[i + 1] = sums[i] + values[i];
    }
    double[] means = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int low = Math.max(0, i - half);
      int high = Math.min(values.length, i + half + 1);
      means[i] = (sums[high] - sums[low]) / (high - low);
    }
    return means;
  }

  /** The envelope of what lies above the harmonics of mesh; this itself where there is no room. */
  GearSignal envelope(double sampling) {
    double fastest = 0;
    for (int i = 1; i < turns.length; i++) {
      fastest = Math.max(fastest, turns[i] - turns[i - 1]);
    }
    double low = 3.5 * Arrays.stream(meshes()).max().orElse(0) * fastest * sampling;
    double high = 0.45 * sampling;
    if (low > 0.35 * sampling) {
      return this;
    }
    int n = Integer.highestOneBit(2 * samples.length - 1);
    Spectra spectra = new Spectra(Arrays.copyOf(samples, n), 0, n, sampling);
    double[] envelope = Arrays.copyOf(spectra.envelope(low, high), samples.length);
    return new GearSignal(train, envelope, turns, slowest, note);
  }

  /** Synchronous averages of the gears of a mesh, looked at place by place. */
  Averages averages(int mesh) {
    GearMesh gears = train.meshes().get(mesh - 1);
    double order = train.mesh(mesh);
    int teeth = (int) Math.floor(all() * order);
    int tooth =
        (int) Math.max(LEAST_A_TOOTH, Math.min((double) MOST / (teeth + 1), 1 / (order * slowest)));
    double[] even = Angles.even(samples, turns, 1 / (order * tooth), teeth * tooth);
    Synchronous average = new Synchronous(even, tooth, order);
    int beside = mesh > 1 ? train.meshes().get(mesh - 2).driven() : 0;
    int next = mesh < train.meshes().size() ? train.meshes().get(mesh).driver() : 0;
    return new Averages(
        average.gear(gears.driver(), beside),
        average.gear(gears.driven(), next),
        average.pair(gears.driver(), gears.driven(), gears.pairs()));
  }
}
