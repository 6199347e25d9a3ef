package io.millwright.production.internal.bottleneck;

import io.millwright.production.LineStudy;
import io.millwright.production.LineStudy.Change;
import io.millwright.production.internal.bottleneck.LineModel.Station;
import io.millwright.runtime.simulation.CommonRandom;
import io.millwright.runtime.simulation.Replications;
import io.millwright.runtime.simulation.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

/** Simulates a fitted line and changes of it, all with the same luck. */
final class Studies {

  private static final int REPLICATIONS = 40;
  private static final int PIECES = 1500;
  private static final int WARM_UP = 200;
  private static final long PARAMETERS = 1_000_003;

  /** The normal quantile of a 95 % interval. */
  private static final double Z = 1.96;

  private record Variant(int station, Change change) {}

  private final LineFit fit;
  private final long key;
  private final Map<Change, Double> costs;
  private final BooleanSupplier stopped;
  private final DoubleConsumer progress;

  Studies(
      LineFit fit,
      long key,
      Map<Change, Double> costs,
      BooleanSupplier stopped,
      DoubleConsumer progress) {
    this.fit = fit;
    this.key = key;
    this.costs = costs;
    this.stopped = stopped;
    this.progress = progress;
  }

  LineStudy run() {
    List<Variant> variants = variants();
    List<Sample> samples =
        Replications.run(random -> run(random, variants), key, REPLICATIONS, stopped);
    Sample base = samples.get(0);
    List<LineStudy.Worth> worths = new ArrayList<>();
    List<LineStudy.Proposal> proposals = new ArrayList<>();
    for (int v = 0; v < variants.size(); v++) {
      Variant variant = variants.get(v);
      Sample gain = samples.get(v + 1).minus(base);
      String name = fit.name(variant.station);
      double mean = gain.mean();
      double reach = Z * gain.deviation();
      if (variant.change == Change.FASTER_BY_TENTH) {
        worths.add(new LineStudy.Worth(name, mean, mean - reach, mean + reach));
      }
      proposals.add(
          new LineStudy.Proposal(
              name,
              variant.change,
              mean,
              mean - reach,
              mean + reach,
              costs.getOrDefault(variant.change, Double.NaN)));
    }
    worths.sort(Comparator.comparingDouble(w -> -w.gain()));
    proposals.sort(Comparator.comparingDouble(p -> -merit(p)));
    double reach = Z * base.deviation();
    return new LineStudy(
        fit.described(),
        fit.logged,
        base.mean(),
        base.mean() - reach,
        base.mean() + reach,
        worths,
        proposals);
  }

  private static double merit(LineStudy.Proposal p) {
    return Double.isNaN(p.cost()) ? p.gain() : p.gain() / p.cost();
  }

  private List<Variant> variants() {
    List<Variant> all = new ArrayList<>();
    for (int s = 0; s < fit.stations(); s++) {
      boolean fails = fit.described().get(s).timeToFailure() < Double.POSITIVE_INFINITY;
      for (Change change : Change.values()) {
        boolean applies =
            switch (change) {
              case FASTER_BY_TENTH, SECOND_MACHINE -> true;
              case FAILURES_HALVED, REPAIRS_HALVED -> fails;
              case BUFFER_PLUS_TWO -> s > 0;
            };
        if (applies) {
          all.add(new Variant(s, change));
        }
      }
    }
    return all;
  }

  private double[] run(CommonRandom random, List<Variant> variants) {
    progress.accept(Math.min(1, random.replication() / (double) REPLICATIONS));
    LineModel line = fit.drawn(random.stream(PARAMETERS));
    double[] rates = new double[variants.size() + 1];
    rates[0] = line.throughput(random, PIECES, WARM_UP);
    for (int v = 0; v < variants.size(); v++) {
      rates[v + 1] = changed(line, variants.get(v)).throughput(random, PIECES, WARM_UP);
    }
    return rates;
  }

  private static LineModel changed(LineModel line, Variant variant) {
    Station s = line.stations().get(variant.station);
    double[] times = s.times();
    double[] repairs = s.repairs();
    Station next =
        switch (variant.change) {
          case FASTER_BY_TENTH ->
              new Station(times, s.failures(), repairs, s.buffer(), s.machines(), s.speed() * 1.1);
          case FAILURES_HALVED ->
              new Station(times, s.failures() / 2, repairs, s.buffer(), s.machines(), s.speed());
          case REPAIRS_HALVED ->
              new Station(
                  times, s.failures(), halved(repairs), s.buffer(), s.machines(), s.speed());
          case BUFFER_PLUS_TWO ->
              new Station(times, s.failures(), repairs, s.buffer() + 2, s.machines(), s.speed());
          case SECOND_MACHINE ->
              new Station(times, s.failures(), repairs, s.buffer(), s.machines() + 1, s.speed());
        };
    return line.with(variant.station, next);
  }

  private static double[] halved(double[] values) {
    double[] half = values.clone();
    for (int i = 0; i < half.length; i++) {
      half[i] /= 2;
    }
    return half;
  }
}
