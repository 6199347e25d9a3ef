package io.millwright.supplychain.internal.hierarchy;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Progress;
import io.millwright.api.data.Series;
import io.millwright.api.spi.Jobs;
import io.millwright.supplychain.CoherentForecast;
import io.millwright.supplychain.CovariateEffect;
import io.millwright.supplychain.Distribution;
import io.millwright.supplychain.DrivenSeries;
import io.millwright.supplychain.Forecast;
import io.millwright.supplychain.ForecastTrainer;
import io.millwright.supplychain.Hierarchy;
import io.millwright.supplychain.HierarchyForecaster;
import io.millwright.supplychain.internal.forecast.DrivenNodes;
import io.millwright.supplychain.internal.forecast.Forecasting;
import io.millwright.supplychain.internal.forecast.NodeForecaster;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Forecasts every node, looks at errors at rolling origins, and projects. */
record DefaultHierarchyForecaster(Jobs jobs) implements HierarchyForecaster {

  private static final int ORIGINS = 16;
  private static final int LEAST_BEFORE = 8;
  private static final int ENDED = 3;

  /** How much less the sums' own errors may count, for series whose errors hide each other. */
  private static final int[] TRUST = {2, 5, 20};

  /** No level may be worse than this, beside each node by itself. */
  private static final double NO_WORSE = 1.0;

  @Override
  public Job<CoherentForecast> forecast(
      ForecastTrainer trainer, List<Series> series, Hierarchy hierarchy) {
    List<Series> bottom = Sums.bottom(series, hierarchy);
    return start(
        control -> {
          List<Series> nodes = Sums.nodes(bottom, hierarchy, ENDED);
          report(control, "learn every node", 0);
          // On this thread: a job that waits for another could find no thread left for it.
          NodeForecaster forecaster = Forecasting.nodes(trainer, nodes, control);
          Based based = Based.of(forecaster, nodes, control);
          Sums.outside(series.stream().map(Series::id).toList(), hierarchy)
              .ifPresent(based.notes()::add);
          return based.coherent(hierarchy, control);
        });
  }

  @Override
  public Job<CoherentForecast> forecastWithCovariates(
      ForecastTrainer trainer, List<DrivenSeries> series, Hierarchy hierarchy) {
    List<DrivenSeries> driven = Sums.driven(series, hierarchy);
    return start(
        control -> {
          List<Series> bottom = driven.stream().map(DrivenSeries::history).toList();
          List<Series> nodes = Sums.nodes(bottom, hierarchy, ENDED);
          report(control, "learn what covariates do", 0);
          DrivenNodes with =
              Forecasting.drivenNodes(
                  trainer, driven, hierarchy, b -> Sums.sums(b, hierarchy, ENDED), control);
          Based based = Based.of(with, nodes, control);
          List<String> said = new ArrayList<>(with.effects().stream().map(e -> words(e)).toList());
          if (with.isDriven()) {
            report(control, "learn every node without covariates", 0.4);
            NodeForecaster without = Forecasting.nodes(trainer, nodes, control);
            based = based.orElse(Based.of(without, nodes, control), hierarchy, said);
          }
          based.notes().addAll(said);
          Sums.outside(series.stream().map(d -> d.history().id()).toList(), hierarchy)
              .ifPresent(based.notes()::add);
          return based.coherent(hierarchy, control);
        });
  }

  private Job<CoherentForecast> start(Jobs.Work<CoherentForecast> work) {
    return jobs.background().start("forecast a hierarchy", Optional.empty(), work);
  }

  private static String words(CovariateEffect e) {
    return "covariate "
        + e.name()
        + ": "
        + (!e.kept()
            ? "no weight"
            : e.unit().startsWith("its")
                ? "its recent past moves the forecast"
                : String.format(
                    Locale.ROOT, "demand times %.3f for a rise of %s", e.factor(), e.unit()));
  }

  /**
   * Each node by itself.
   *
   * @param nodes the histories, sums and then series
   * @param base what is forecast
   * @param errors what was forecast at the origins, and what came
   * @param notes what to know; grows
   */
  private record Based(List<Series> nodes, List<Forecast> base, Errors errors, List<String> notes) {

    static Based of(NodeForecaster forecaster, List<Series> nodes, Jobs.Control<?> control) {
      List<String> notes = new ArrayList<>();
      List<Forecast> base = answers(forecaster.after(nodes.get(0).length()), nodes, notes);
      int horizon = base.get(0).horizon();
      report(control, "rolling origins", 0.5);
      Errors errors = Errors.at(forecaster, nodes, horizon, origins(nodes, horizon), control);
      return new Based(nodes, base, errors, notes);
    }

    /** With the forecasts of another for each level at which those were better at the origins. */
    Based orElse(Based other, Hierarchy hierarchy, List<String> said) {
      List<String> names = levelNames(hierarchy);
      boolean[] floored = floored(nodes, hierarchy);
      int all = errors.count();
      double[] own = errors.byLevel(names, hierarchy, all, Optional.empty(), floored);
      double[] others = other.errors.byLevel(names, hierarchy, all, Optional.empty(), floored);
      boolean[] from = new boolean[nodes.size()];
      for (int i = 0; i < from.length; i++) {
        boolean sum = i < hierarchy.nodes().size();
        String level = sum ? hierarchy.nodes().get(i).level() : Hierarchy.SERIES;
        from[i] = others[names.indexOf(level)] < own[names.indexOf(level)];
      }
      for (int l = 0; l < own.length; l++) {
        said.add(
            String.format(
                Locale.ROOT,
                "level %s: scaled error %.3f with covariates, %.3f without, at rolling origins;"
                    + " it goes %s",
                names.get(l),
                own[l],
                others[l],
                others[l] < own[l] ? "without" : "with"));
      }
      List<Forecast> both =
          IntStream.range(0, from.length)
              .mapToObj(i -> from[i] ? other.base.get(i) : base.get(i))
              .toList();
      return new Based(nodes, both, errors.with(other.errors, from), notes);
    }

    CoherentForecast coherent(Hierarchy hierarchy, Jobs.Control<?> control) {
      boolean[] floored = floored(nodes, hierarchy);
      Choice choice = Choice.of(hierarchy, errors, floored, NO_WORSE);
      report(control, "samples", 0.9);
      return new Sampling(hierarchy, nodes, base, errors, choice.projection(), floored)
          .forecast(choice.method(), choice.levels(), notes);
    }
  }

  private static List<String> levelNames(Hierarchy hierarchy) {
    List<String> names =
        new ArrayList<>(hierarchy.nodes().stream().map(Hierarchy.Node::level).distinct().toList());
    names.add(Hierarchy.SERIES);
    return names;
  }

  private static void report(Jobs.Control<?> control, String stage, double done) {
    control.checkpoint();
    control.report(
        new Progress(
            stage, OptionalDouble.of(done), control.elapsed(), Optional.empty(), Map.of()));
  }

  /** How many periods lie before each origin, the latest first. */
  private static List<Integer> origins(List<Series> nodes, int horizon) {
    List<Integer> origins = new ArrayList<>();
    int length = nodes.get(0).length();
    int step = Math.max(1, horizon / 3);
    for (int at = length - horizon; at >= LEAST_BEFORE && origins.size() < ORIGINS; at -= step) {
      origins.add(at);
    }
    return origins;
  }

  private static boolean[] floored(List<Series> nodes, Hierarchy hierarchy) {
    boolean[] floored = new boolean[hierarchy.bottom().size()];
    for (int j = 0; j < floored.length; j++) {
      floored[j] = nodes.get(hierarchy.nodes().size() + j).values().stream().noneMatch(v -> v < 0);
    }
    return floored;
  }

  /** Each node by itself; one without an answer goes on as its latest values were. */
  private static List<Forecast> answers(
      List<Outcome<Forecast>> outcomes, List<Series> nodes, List<String> notes) {
    Forecast pattern =
        outcomes.stream()
            .flatMap(
                o ->
                    o
                        .<Optional<Forecast>>fold(
                            p -> Optional.of(p.value()), a -> Optional.empty())
                        .stream())
            .findFirst()
            .orElseThrow(
                () ->
                    new MillwrightException(
                        ErrorCode.TOO_FEW_DATA,
                        "no node of the hierarchy has a forecast\nMaybe give longer histories"));
    List<Forecast> all = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      Series node = nodes.get(i);
      all.add(
          outcomes
              .get(i)
              .fold(
                  p -> p.value(),
                  a -> {
                    if (a.code().equals(ErrorCode.MISSING_VALUE)) {
                      Finding first = a.findings().get(0);
                      throw new MillwrightException(
                          first.code(),
                          first.place() + ": " + first.message() + "\nMaybe " + first.remedy());
                    }
                    notes.add(
                        node.id()
                            + " is not forecast by itself: "
                            + a.findings().get(0).message()
                            + "; it goes on as its latest values");
                    return constant(node, pattern);
                  }));
    }
    return all;
  }

  private static Forecast constant(Series node, Forecast pattern) {
    double level = Errors.plain(node, node.length(), pattern.horizon());
    List<Distribution> periods = new ArrayList<>();
    List<Distribution> totals = new ArrayList<>();
    for (int h = 0; h < pattern.horizon(); h++) {
      periods.add(spread(level));
      totals.add(spread((h + 1) * level));
    }
    return new Forecast(node.id(), node.frequency(), pattern.first(), periods, totals);
  }

  private static Distribution spread(double level) {
    double low = Math.min(0, 2 * level);
    double high = Math.max(0, 2 * level);
    return new Distribution(level, List.of(0.01, 0.5, 0.99), List.of(low, level, high));
  }

  /** The projection that was chosen, in words, and what it does to each level. */
  private record Choice(Projection projection, String method, List<CoherentForecast.Level> levels) {

    static Choice of(Hierarchy hierarchy, Errors errors, boolean[] floored, double limit) {
      if (errors.count() < 3) {
        return new Choice(
            Projection.bottomUp(hierarchy),
            "bottom-up: fewer than three origins, so that nothing could be judged",
            List.of());
      }
      List<String> names = levelNames(hierarchy);
      int test = Math.max(1, errors.count() / 3);
      Map<String, Projection> tried =
          candidates(hierarchy, errors.rows(test + errors.overlap(), errors.count()), errors);
      double[] alone = errors.byLevel(names, hierarchy, test, Optional.empty(), floored);
      Map<String, double[]> judged = new LinkedHashMap<>();
      tried.forEach(
          (name, p) ->
              judged.put(name, errors.byLevel(names, hierarchy, test, Optional.of(p), floored)));
      String chosen = "bottom-up";
      double best = Double.POSITIVE_INFINITY;
      for (Map.Entry<String, double[]> one : judged.entrySet()) {
        double worst = 0;
        double mean = 0;
        for (int l = 0; l < alone.length; l++) {
          double ratio = alone[l] > 0 ? one.getValue()[l] / alone[l] : 1;
          worst = Math.max(worst, ratio);
          mean += ratio / alone.length;
        }
        // A level that gets worse weighs more than all that the others gain.
        double score = mean + 100 * Math.max(0, worst - limit);
        if (score < best) {
          best = score;
          chosen = one.getKey();
        }
      }
      double[] up = judged.getOrDefault("bottom-up", alone);
      double[] now = judged.getOrDefault(chosen, alone);
      List<CoherentForecast.Level> levels = new ArrayList<>();
      for (int l = 0; l < names.size(); l++) {
        levels.add(new CoherentForecast.Level(names.get(l), alone[l], up[l], now[l]));
      }
      Projection whole =
          candidates(hierarchy, errors.rows(0, errors.count()), errors)
              .getOrDefault(chosen, Projection.bottomUp(hierarchy));
      return new Choice(whole, chosen, levels);
    }

    /** One for each sum; the empty level is all of them. */
    private static double[] trust(Hierarchy hierarchy, String level, double trust) {
      return hierarchy.nodes().stream()
          .mapToDouble(n -> level.isEmpty() || n.level().equals(level) ? trust : 1)
          .toArray();
    }

    private static Map<String, Projection> candidates(
        Hierarchy hierarchy, double[][] rows, Errors errors) {
      Map<String, Projection> all = new LinkedHashMap<>();
      Projection up = Projection.bottomUp(hierarchy);
      all.put("bottom-up", up);
      if (rows.length >= 2) {
        double shrinkage = Projection.shrinkage(rows, errors.overlapOfRows());
        Projection variances = Projection.of(hierarchy, rows, 1, trust(hierarchy, "", 1));
        Projection shrunk = Projection.of(hierarchy, rows, shrinkage, trust(hierarchy, "", 1));
        all.put("MinT with variances", variances);
        all.put("MinT with shrunk covariances", shrunk);
        List<String> levels = levelNames(hierarchy);
        levels.set(levels.size() - 1, "");
        for (String level : levels) {
          for (int trust : TRUST) {
            all.put(
                "MinT with variances, "
                    + (level.isEmpty() ? "all sums" : "the level " + level)
                    + " trusted "
                    + trust
                    + "-fold",
                Projection.of(hierarchy, rows, 1, trust(hierarchy, level, trust)));
          }
        }
        all.put("half bottom-up, half MinT with variances", up.halfWith(variances));
        all.put("half bottom-up, half MinT with shrunk covariances", up.halfWith(shrunk));
        all.put(
            "half MinT with variances, half with shrunk covariances", variances.halfWith(shrunk));
      }
      return all;
    }
  }
}
