package io.millwright.maintenance.internal.wear;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.UnitHistory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds the readings that follow wear: one way in all units (rank correlation with age, Spearman
 * 1904), about as surely as the surest of them (noise, and the scatter of the level at which units
 * failed, beside the whole wear; in the spirit of monotonicity and prognosability, Coble and Hines
 * 2009). A column that rises by the same step in all units counts, and is no reading.
 */
final class WearSignal {

  /** What follows age less is no wear. */
  private static final double LEAST = 0.7;

  /** What is less sure than the surest by more than this is left out. */
  private static final double AS_SURE = 1.5;

  private WearSignal() {}

  static Wears of(List<UnitHistory> units) {
    return sure(units).orElseThrow(() -> none(units));
  }

  /** The readings that follow wear; empty where none does. */
  static Optional<Wears> sure(List<UnitHistory> units) {
    List<Wear> all = new ArrayList<>();
    for (String column : readings(units)) {
      double follows = follows(column, units);
      if (Math.abs(follows) >= LEAST) {
        wear(column, follows < 0, failed(units)).ifPresent(all::add);
      }
    }
    if (all.isEmpty()) {
      return Optional.empty();
    }
    double surest = all.stream().mapToDouble(Wear::doubt).min().orElseThrow();
    return Optional.of(new Wears(all.stream().filter(w -> w.doubt() <= AS_SURE * surest).toList()));
  }

  private static List<String> readings(List<UnitHistory> units) {
    return units.get(0).readings().schema().columns().stream()
        .filter(c -> c.type() == ColumnType.NUMBER && !counts(c.name(), units))
        .map(Column::name)
        .toList();
  }

  private static MillwrightException none(List<UnitHistory> units) {
    double closest = 0;
    String name = "";
    for (String column : readings(units)) {
      double follows = Math.abs(follows(column, units));
      if (follows > closest) {
        closest = follows;
        name = column;
      }
    }
    return new MillwrightException(
        ErrorCode.TOO_FEW_DATA,
        failed(units).size()
            + " of "
            + units.size()
            + " units have failed, so life is told by readings that follow wear, but none goes"
            + " one way"
            + (name.isEmpty()
                ? ""
                : String.format(
                    Locale.ROOT,
                    "; the closest is %s, whose rank correlation with age is %.2f where %.2f is"
                        + " needed",
                    name,
                    closest,
                    LEAST))
            + "\nMaybe give a reading that wear moves one way, such as a capacity, a depth or a"
            + " clearance, or the histories of 3 units that failed");
  }

  static List<UnitHistory> failed(List<UnitHistory> units) {
    return units.stream().filter(u -> u.end() == UnitHistory.End.FAILED).toList();
  }

  /** The paths of a reading in units that failed; empty where one does not rise. */
  static Optional<Wear> wear(String column, boolean falling, List<UnitHistory> failed) {
    List<WearPath> paths = new ArrayList<>();
    for (UnitHistory unit : failed) {
      double[] readings = unit.readings().numbers(column);
      if (Wears.known(readings) < WearPath.LEAST) {
        return Optional.empty();
      }
      WearPath path = WearPath.of(falling ? negative(readings) : readings);
      if (!(path.end() - path.levels()[0] > path.noise())) {
        return Optional.empty();
      }
      paths.add(path);
    }
    return Optional.of(new Wear(column, falling, paths));
  }

  /** Whether a column rises by the same step in all units. */
  private static boolean counts(String column, List<UnitHistory> units) {
    double step = Double.NaN;
    for (UnitHistory unit : units) {
      double[] values = unit.readings().numbers(column);
      for (int i = 1; i < values.length; i++) {
        double own = values[i] - values[i - 1];
        step = Double.isNaN(step) ? own : step;
        if (!(Math.abs(own - step) <= 1e-9 * (Math.abs(values[i]) + Math.abs(step)))) {
          return false;
        }
      }
    }
    return true;
  }

  /** The mean rank correlation with age over all units that have enough readings. */
  private static double follows(String column, List<UnitHistory> units) {
    double sum = 0;
    int n = 0;
    for (UnitHistory unit : units) {
      double[] known =
          Arrays.stream(unit.readings().numbers(column)).filter(Double::isFinite).toArray();
      if (known.length >= 2 * WearPath.LEAST || unit.end() == UnitHistory.End.FAILED) {
        sum += known.length < WearPath.LEAST ? 0 : correlation(known);
        n++;
      }
    }
    return n == 0 ? 0 : sum / n;
  }

  private static double[] negative(double[] values) {
    return Arrays.stream(values).map(v -> -v).toArray();
  }

  /** The rank correlation of readings with their order; equal ones share their rank. */
  static double correlation(double[] values) {
    int n = values.length;
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .mapToInt(i -> i)
            .toArray();
    double[] rank = new double[n];
    for (int i = 0; i < n; ) {
      int to = i;
      while (to < n && values[order[to]] == values[order[i]]) {
        to++;
      }
      for (int k = i; k < to; k++) {
        rank[order[k]] = (i + to - 1) / 2.0;
      }
      i = to;
    }
    double middle = (n - 1) / 2.0;
    double product = 0;
    double ages = 0;
    double ranks = 0;
    for (int i = 0; i < n; i++) {
      product += (i - middle) * (rank[i] - middle);
      ages += (i - middle) * (i - middle);
      ranks += (rank[i] - middle) * (rank[i] - middle);
    }
    return ranks > 0 ? product / Math.sqrt(ages * ranks) : 0;
  }
}
