package io.millwright.quality.spc;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.Monitor;
import io.millwright.quality.ChartPlan;
import io.millwright.quality.ChartPlan.Attribute;
import io.millwright.quality.ChartPlan.Spread;
import io.millwright.quality.ChartPoint;
import io.millwright.quality.ControlChart;
import io.millwright.quality.MultivariateChart;
import io.millwright.quality.MultivariatePlan;
import io.millwright.quality.Reading;
import io.millwright.quality.RunRules;
import io.millwright.quality.Spc;
import io.millwright.quality.internal.spc.DefaultSpc;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * Mean run lengths by simulation through the monitors, beside published ones. The file names the
 * source of each row; those of attribute charts and T2 follow from the probability of a signal.
 */
class RunLengthTest {

  private static final Spc SPC = new DefaultSpc(Clock.systemUTC());

  @ParameterizedTest
  @CsvFileSource(resources = "/run-lengths.csv", numLinesToSkip = 1)
  void aShortLookAgrees(String chart, double shift, double published, String source) {
    // Three standard errors and the 3 % that the long run must keep.
    int runs = published > 250 ? 60 : 250;
    double found = mean(chart, shift, runs);
    assertThat(found)
        .as(chart + " shifted by " + shift + ", " + source)
        .isBetween(
            published * (0.97 - 3 / Math.sqrt(runs)), published * (1.03 + 3 / Math.sqrt(runs)));
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/run-lengths.csv", numLinesToSkip = 1)
  @Tag("thorough")
  void theLongRunIsWithinThreePercent(String chart, double shift, double published, String source) {
    assertThat(mean(chart, shift, 20_000))
        .as(chart + " shifted by " + shift + ", " + source)
        .isBetween(0.97 * published, 1.03 * published);
  }

  private static double mean(String name, double shift, int runs) {
    SplittableRandom random = new SplittableRandom(11);
    String[] words = name.split(" ", -1);
    double[] n = new double[words.length];
    for (int i = 1; i < words.length; i++) {
      n[i] = Double.parseDouble(words[i]);
    }
    ToDoubleFunction<SplittableRandom> normal = r -> r.nextGaussian() + shift;
    return switch (words[0]) {
      case "xbar" -> means(RunRules.NONE, Spread.DEVIATION, shift, random, runs);
      case "western" -> means(RunRules.WESTERN_ELECTRIC, Spread.DEVIATION, shift, random, runs);
      case "ewma" ->
          length(given(new ChartPlan.Ewma(1, n[1], n[2], false)), "", normal, random, runs);
      case "cusum" ->
          length(given(new ChartPlan.Cusum(1, n[1], n[2], n[3])), "", normal, random, runs);
      case "individuals" ->
          length(given(new ChartPlan.Individuals(RunRules.NONE)), "value", normal, random, runs);
      case "range" -> {
        ChartPlan plan = new ChartPlan.Means(5, Spread.RANGE, RunRules.NONE);
        try (Monitor<Reading, ChartPoint> m = SPC.monitor(given(plan))) {
          yield run(m, "range", r -> values(r, 5, 0, 1 + shift), random, runs);
        }
      }
      case "deviation" -> {
        ChartPlan plan = new ChartPlan.Means(5, Spread.DEVIATION, RunRules.NONE);
        try (Monitor<Reading, ChartPoint> m = SPC.monitor(given(plan))) {
          yield run(m, "deviation", r -> values(r, 5, 0, 1 + shift), random, runs);
        }
      }
      case "p", "np" -> {
        Attribute a = words[0].equals("p") ? Attribute.P : Attribute.NP;
        try (Monitor<Reading, ChartPoint> m =
            SPC.monitor(
                ControlChart.given(
                    new ChartPlan.Attributes(a, false, RunRules.NONE), 0.1, 0.3, Instant.EPOCH))) {
          yield run(m, "", r -> new Reading.Count(parts(r, 50, 0.1 + shift), 50), random, runs);
        }
      }
      case "c", "u" -> {
        Attribute a = words[0].equals("c") ? Attribute.C : Attribute.U;
        double units = a == Attribute.C ? 1 : 4;
        double rate = 9 / units;
        try (Monitor<Reading, ChartPoint> m =
            SPC.monitor(
                ControlChart.given(
                    new ChartPlan.Attributes(a, false, RunRules.NONE),
                    rate,
                    Math.sqrt(rate),
                    Instant.EPOCH))) {
          yield run(
              m, "", r -> new Reading.Count(poisson(r, units * rate + shift), units), random, runs);
        }
      }
      default -> {
        MultivariatePlan plan =
            words[0].equals("T2")
                ? new MultivariatePlan.Hotelling(1, 0.005)
                : new MultivariatePlan.Mewma(n[1], n[2]);
        MultivariateChart chart =
            new MultivariateChart(
                plan,
                List.of("a", "b"),
                List.of(0.0, 0.0),
                List.of(List.of(1.0, 0.0), List.of(0.0, 1.0)),
                0,
                0,
                Instant.EPOCH);
        try (Monitor<Reading, ChartPoint> m = SPC.multivariate().monitor(chart)) {
          yield run(
              m,
              "",
              r -> new Reading.Values(List.of(r.nextGaussian() + shift, r.nextGaussian())),
              random,
              runs);
        }
      }
    };
  }

  private static double means(
      RunRules rules, Spread spread, double shift, SplittableRandom random, int runs) {
    ChartPlan plan = new ChartPlan.Means(4, spread, rules);
    try (Monitor<Reading, ChartPoint> m = SPC.monitor(given(plan))) {
      return run(m, "mean", r -> values(r, 4, shift / 2, 1), random, runs);
    }
  }

  private static ControlChart given(ChartPlan plan) {
    return ControlChart.given(plan, 0, 1, Instant.EPOCH);
  }

  private static Reading values(SplittableRandom random, int n, double mean, double sigma) {
    List<Double> values = new ArrayList<>(n);
    for (int k = 0; k < n; k++) {
      values.add(mean + sigma * random.nextGaussian());
    }
    return new Reading.Values(values);
  }

  private static long parts(SplittableRandom random, int n, double p) {
    long found = 0;
    for (int k = 0; k < n; k++) {
      found += random.nextDouble() < p ? 1 : 0;
    }
    return found;
  }

  private static long poisson(SplittableRandom random, double mean) {
    double end = Math.exp(-mean);
    long k = -1;
    for (double product = 1; product > end; k++) {
      product *= random.nextDouble();
    }
    return k;
  }

  private static double length(
      ControlChart chart,
      String track,
      ToDoubleFunction<SplittableRandom> draw,
      SplittableRandom random,
      int runs) {
    try (Monitor<Reading, ChartPoint> monitor = SPC.monitor(chart)) {
      return run(monitor, track, r -> Reading.of(draw.applyAsDouble(r)), random, runs);
    }
  }

  private static double run(
      Monitor<Reading, ChartPoint> monitor,
      String track,
      java.util.function.Function<SplittableRandom, Reading> draw,
      SplittableRandom random,
      int runs) {
    long readings = 0;
    for (int r = 0; r < runs; r++) {
      boolean signal = false;
      while (!signal) {
        readings++;
        ChartPoint point =
            monitor.update("a", draw.apply(random), Instant.EPOCH).orElseThrow().value();
        signal = point.signals().stream().anyMatch(s -> track.isEmpty() || s.track().equals(track));
      }
      monitor.forget("a");
    }
    return (double) readings / runs;
  }
}
