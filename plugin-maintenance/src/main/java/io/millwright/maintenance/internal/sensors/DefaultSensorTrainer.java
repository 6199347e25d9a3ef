package io.millwright.maintenance.internal.sensors;

import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Predictor;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.UnitHistory;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.maintenance.Fleet;
import io.millwright.maintenance.Maintenance;
import io.millwright.maintenance.SensorCheck;
import io.millwright.maintenance.SensorGuard;
import io.millwright.maintenance.SensorTrainer;
import io.millwright.runtime.monitoring.SensorModel;
import io.millwright.runtime.support.Digest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Learns what sensors say of each other. */
record DefaultSensorTrainer(Composer composer, Jobs jobs) implements SensorTrainer {

  private static final int FOLDS = 4;

  /**
   * A sensor that is named in more than this share of sound units, and in two, has its limit
   * raised.
   */
  private static final double MISNAMED = 0.02;

  @Override
  public Job<SensorGuard> train(Fleet data) {
    if (data.units().size() < 2) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          data.units().size()
              + " units are too few to learn what their sensors share\nMaybe give 5");
    }
    return jobs.background()
        .start("learn what sensors say of each other", Optional.empty(), c -> learn(data, c));
  }

  @Override
  public Job<SensorGuard> resume(Path checkpoint, Fleet data) {
    throw new MillwrightException(
        ErrorCode.UNSUPPORTED,
        "sensors are learnt in one go and leave no checkpoints in "
            + checkpoint
            + "\nMaybe train again");
  }

  private SensorGuard learn(Fleet fleet, Jobs.Control<SensorGuard> control) {
    List<String> columns =
        fleet.units().get(0).readings().schema().columns().stream()
            .filter(c -> c.type() == ColumnType.NUMBER)
            .map(Column::name)
            .filter(name -> changes(fleet, name))
            .toList();
    if (columns.size() < 3) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          "the units have "
              + columns.size()
              + " columns of numbers that change, "
              + columns
              + ", but which of two sensors lies cannot be told\nMaybe give 3 or more");
    }
    Held held = held(fleet, columns, control);
    List<String> watched = columns;
    while (!held.misnamed().isEmpty() && watched.size() - held.misnamed().size() >= 3) {
      Held before = held;
      watched = watched.stream().filter(c -> !before.misnamed().contains(c)).toList();
      held = held(fleet, watched, control);
    }
    return guard(fleet, watched, held);
  }

  /**
   * What units that were held out say.
   *
   * @param own for each column the squared error of its estimate that is the same in all of a unit
   * @param all the squared error
   * @param checked how many times a sound unit was checked
   * @param named how many times a sensor was named
   * @param limits how far each column was from its estimate in sound units that named it too often,
   *     0 for the others
   * @param jumps the limits of changes within a unit
   * @param misnamed columns named too often as stuck, for which no limit helps
   */
  private record Held(
      double[] own,
      double[] all,
      int checked,
      int named,
      double[] limits,
      double[][] jumps,
      Set<String> misnamed) {}

  private static Held held(Fleet fleet, List<String> columns, Jobs.Control<SensorGuard> control) {
    List<double[][]> units =
        fleet.units().stream().map(u -> Watched.rows(u.readings(), columns)).toList();
    double[] own = new double[columns.size()];
    double[] all = new double[columns.size()];
    double[][] furthest = new double[columns.size()][units.size()];
    List<double[]> checks = new ArrayList<>();
    double[][] jumpLimits = Jumps.unlimited(columns.size());
    int folds = Math.min(FOLDS, units.size());
    for (int f = 0; f < folds; f++) {
      control.checkpoint();
      int out = f;
      List<double[][]> rest =
          IntStream.range(0, units.size())
              .filter(u -> u % folds != out)
              .mapToObj(units::get)
              .toList();
      SensorModel part = SensorModel.fit(together(rest));
      Watched alone =
          new Watched(
              columns, part, new double[columns.size()], new double[columns.size()], Jumps.none());
      Jumps changes = Jumps.fit(rest.stream().map(r -> Jumps.errors(part, r)).toList(), jumpLimits);
      for (int u = f; u < units.size(); u += folds) {
        errors(part, units.get(u), own, all);
        changes.raise(Jumps.errors(part, units.get(u)), jumpLimits);
        for (int age : ages(units.get(u).length)) {
          double[] apart = alone.apart(Arrays.copyOf(units.get(u), age));
          checks.add(apart);
          for (int j = 0; j < apart.length; j++) {
            furthest[j][u] = Math.max(furthest[j][u], apart[j]);
          }
        }
      }
    }
    double[] limits = Arrays.stream(furthest).mapToDouble(DefaultSensorTrainer::limit).toArray();
    int named =
        (int)
            checks.stream()
                .filter(c -> IntStream.range(0, c.length).anyMatch(j -> c[j] > limits[j]))
                .count();
    Set<String> misnamed =
        IntStream.range(0, limits.length)
            .filter(j -> Double.isInfinite(limits[j]))
            .mapToObj(columns::get)
            .collect(Collectors.toSet());
    return new Held(own, all, checks.size(), named, limits, jumpLimits, misnamed);
  }

  /**
   * A limit that so few sound units exceed as may be named: one of them fewer than that share among
   * those held out, so that it holds for a next unit as well (split conformal prediction).
   */
  private static double limit(double[] furthest) {
    int most = (int) Math.max(1, MISNAMED * furthest.length);
    double[] sorted = furthest.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length - most - 1] > 0 ? sorted[sorted.length - most] : 0;
  }

  /** Where a unit is checked: a third, two thirds and the whole of its life. */
  private static int[] ages(int rows) {
    return IntStream.of(rows / 3, 2 * rows / 3, rows).filter(r -> r > 0).distinct().toArray();
  }

  private SensorGuard guard(Fleet fleet, List<String> columns, Held held) {
    List<double[][]> units =
        fleet.units().stream().map(u -> Watched.rows(u.readings(), columns)).toList();
    double[] own = held.own();
    double[] all = held.all();
    int folds = Math.min(FOLDS, units.size());
    double[] share =
        IntStream.range(0, own.length)
            .mapToDouble(j -> all[j] > 0 ? Math.min(1, Math.max(0, own[j] / all[j])) : 0)
            .toArray();
    SensorModel sensors = SensorModel.fit(together(units));
    Jumps jumps =
        Jumps.fit(units.stream().map(u -> Jumps.errors(sensors, u)).toList(), held.jumps());
    Watched watched = new Watched(columns, sensors, share, held.limits(), jumps);
    SortedMap<String, String> texts = new TreeMap<>();
    SortedMap<String, List<Double>> numbers = new TreeMap<>();
    watched.write(texts, numbers);
    ComposedModel model =
        ComposedModel.builder()
            .task(Maintenance.SENSORS)
            .inputs(fleet.units().get(0).readings().select(columns).schema())
            .texts(texts)
            .numbers(numbers)
            .evaluation(
                Evaluation.builder()
                    .protocol(
                        "units held out in "
                            + folds
                            + " folds, each checked at a third, two thirds and the whole of it")
                    .samples(held.checked())
                    .figures(figures(columns, held))
                    .build())
            .capabilities(Set.of())
            .provenance(
                composer.provenance(digest(units), 0, Map.of("units", "" + units.size()), false))
            .build();
    return new TrainedGuard(composer, model, composer.info(model), watched);
  }

  /** How often a sensor was named, and the limits that were raised. */
  private static Map<String, Double> figures(List<String> columns, Held held) {
    Map<String, Double> figures = new TreeMap<>();
    figures.put("units with a sensor named", held.named() / Math.max(1.0, held.checked()));
    for (int j = 0; j < columns.size(); j++) {
      if (held.limits()[j] > 0 && Double.isFinite(held.limits()[j])) {
        figures.put("raised limit of " + columns.get(j), held.limits()[j]);
      }
    }
    return figures;
  }

  /** More than two values: a switch or a constant is no sensor. */
  private static boolean changes(Fleet fleet, String name) {
    return fleet.units().stream()
            .flatMapToDouble(u -> Arrays.stream(u.readings().numbers(name)))
            .filter(Double::isFinite)
            .distinct()
            .limit(3)
            .boxed()
            .collect(Collectors.toSet())
            .size()
        > 2;
  }

  private static double[][] together(List<double[][]> units) {
    List<double[]> rows = new ArrayList<>();
    units.forEach(u -> rows.addAll(Arrays.asList(u)));
    return rows.toArray(double[][]::new);
  }

  /** Adds up how much of the squared error of each estimate is the same in all of a unit. */
  private static void errors(SensorModel model, double[][] rows, double[] own, double[] all) {
    int p = own.length;
    for (int j = 0; j < p; j++) {
      boolean[] out = new boolean[p];
      out[j] = true;
      double sum = 0;
      double squares = 0;
      int n = 0;
      for (double[] row : rows) {
        if (Double.isFinite(row[j])) {
          double e = row[j] - model.estimated(row, out)[j];
          sum += e;
          squares += e * e;
          n++;
        }
      }
      if (n > 1) {
        double mean = sum / n;
        double within = (squares - n * mean * mean) / (n - 1);
        own[j] += n * (mean * mean - within / n);
        all[j] += squares;
      }
    }
  }

  private static String digest(List<double[][]> units) {
    Digest sha = new Digest();
    for (double[][] rows : units) {
      for (double[] row : rows) {
        sha.add(row);
      }
    }
    return sha.hex();
  }

  /** Fresh from training. */
  private record TrainedGuard(Composer composer, ComposedModel model, ModelInfo info, Watched known)
      implements SensorGuard {

    @Override
    public Evaluation evaluation() {
      return model.evaluation();
    }

    @Override
    public Predictor<UnitHistory, SensorCheck> open() {
      return new SensorPredictor(known, info);
    }

    @Override
    public void saveTo(Path bundle) {
      composer.write(model, bundle);
    }

    @Override
    public List<String> watched() {
      return known.columns();
    }
  }
}
