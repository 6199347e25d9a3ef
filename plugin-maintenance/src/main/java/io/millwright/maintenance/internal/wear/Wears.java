package io.millwright.maintenance.internal.wear;

import io.millwright.api.ErrorCode;
import io.millwright.api.Flag;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Table;
import io.millwright.api.spi.ComposedModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * All readings that follow wear about as surely as the surest. Few failures do not say which of
 * them ends a life, so all are asked: the logarithms of their lives are averaged, weighted by how
 * surely each tells wear, and what they disagree by widens the answer.
 *
 * @param readings at least one
 */
record Wears(List<Wear> readings) {

  /** So many readings at the end tell where a unit stands. */
  private static final int NEWEST = 5;

  Wears {
    readings = List.copyOf(readings);
    if (readings.isEmpty()) {
      throw new IllegalArgumentException("no reading follows wear");
    }
  }

  /** What the readings of a unit say together; empty where all have too few. */
  Optional<WearLife> life(Table unit) {
    return together(unit, unit.rows(), new double[0]);
  }

  /** How long a unit has until it is as worn as at the end of its record, by its first rows. */
  Optional<WearLife> untilItsEnd(Table unit, int rows) {
    double[] ends = new double[readings.size()];
    for (int r = 0; r < ends.length; r++) {
      double[] worn = worn(readings.get(r), unit, unit.rows());
      if (known(worn) < WearPath.LEAST) {
        return Optional.empty();
      }
      double[] smooth = WearPath.smooth(WearPath.filled(worn));
      ends[r] = smooth[smooth.length - 1];
      if (!(ends[r] > smooth[rows - 1])) {
        return Optional.empty(); // it did not wear since
      }
    }
    return together(unit, rows, ends);
  }

  private Optional<WearLife> together(Table unit, int rows, double[] ends) {
    List<WearLife> lives = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    double all = 0;
    for (int r = 0; r < readings.size(); r++) {
      Wear wear = readings.get(r);
      double[] worn = worn(wear, unit, rows);
      if (known(worn) >= WearPath.LEAST) {
        int told = told(worn);
        Wear.Standing standing = wear.standing(Arrays.copyOf(worn, told));
        WearLife life = ends.length == 0 ? wear.life(standing) : wear.until(standing, ends[r]);
        lives.add(life.after(rows - told));
        weights.add(Math.pow(wear.doubt(), -2));
        all += weights.get(weights.size() - 1);
      }
    }
    if (lives.isEmpty()) {
      return Optional.empty();
    }
    double mean = 0;
    double noise = 0;
    for (int i = 0; i < lives.size(); i++) {
      mean += weights.get(i) / all * Math.log(lives.get(i).median());
      noise += weights.get(i) / all * lives.get(i).noise();
    }
    double variance = 0;
    for (int i = 0; i < lives.size(); i++) {
      double apart = Math.log(lives.get(i).median()) - mean;
      variance += weights.get(i) / all * (Math.pow(lives.get(i).spread(), 2) + apart * apart);
    }
    return Optional.of(new WearLife(Math.exp(mean), Math.sqrt(variance), noise));
  }

  /** Readings of which a larger one is more worn. */
  static double[] worn(Wear wear, Table unit, int rows) {
    return wear.worn(Arrays.copyOf(unit.numbers(wear.column()), rows));
  }

  /** Up to where a reading tells anything. */
  private static int told(double[] worn) {
    int told = worn.length;
    while (told > 0 && !Double.isFinite(worn[told - 1])) {
      told--;
    }
    return told;
  }

  /** What is to be known of the newest readings of a unit. */
  Set<Flag> flags(Table unit) {
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    int last = unit.rows() - 1;
    for (Wear wear : readings) {
      double[] numbers = unit.numbers(wear.column());
      for (int i = Math.max(0, last + 1 - NEWEST); i <= last; i++) {
        if (Double.isNaN(numbers[i])) {
          flags.add(Flag.IMPUTED);
        } else if (wear.isWild(numbers[i])) {
          flags.add(Double.isInfinite(numbers[i]) ? Flag.INFINITE : Flag.OUTSIDE_TRAINING_RANGE);
          flags.add(Flag.IMPUTED);
        }
      }
    }
    return flags;
  }

  static long known(double[] values) {
    return Arrays.stream(values).filter(Double::isFinite).count();
  }

  void write(SortedMap<String, String> texts, SortedMap<String, List<Double>> numbers) {
    for (int r = 0; r < readings.size(); r++) {
      Wear wear = readings.get(r);
      texts.put("column " + r, wear.column());
      numbers.put("falling " + r, List.of(wear.falling() ? 1.0 : 0.0));
      for (int p = 0; p < wear.paths().size(); p++) {
        WearPath path = wear.paths().get(p);
        numbers.put("path " + r + " " + p, Arrays.stream(path.levels()).boxed().toList());
        numbers.put("noise " + r + " " + p, List.of(path.noise()));
      }
    }
  }

  /** Back from a bundle, which may be a stranger's. */
  static Wears read(ComposedModel model) {
    List<Wear> readings = new ArrayList<>();
    for (int r = 0; model.texts().containsKey("column " + r); r++) {
      String column = model.texts().getOrDefault("column " + r, "");
      if (model.inputs().indexOf(column) < 0) {
        throw bad("its column " + column + " is none of its inputs");
      }
      List<WearPath> paths = new ArrayList<>();
      for (int p = 0; model.numbers().containsKey("path " + r + " " + p); p++) {
        double[] levels = numbers(model, "path " + r + " " + p);
        double[] noise = numbers(model, "noise " + r + " " + p);
        boolean rising = levels.length >= 2;
        for (int i = 1; i < levels.length; i++) {
          rising &= levels[i] > levels[i - 1];
        }
        if (!rising || noise.length != 1 || !(noise[0] >= 0)) {
          throw bad("path " + p + " of " + column + " does not rise");
        }
        paths.add(new WearPath(levels, noise[0]));
      }
      double[] falling = numbers(model, "falling " + r);
      if (falling.length != 1 || paths.isEmpty()) {
        throw bad("the paths of " + column + " are missing");
      }
      readings.add(new Wear(column, falling[0] == 1, paths));
    }
    if (readings.isEmpty()) {
      throw bad("it names no column");
    }
    return new Wears(readings);
  }

  private static double[] numbers(ComposedModel model, String name) {
    double[] values =
        model.numbers().getOrDefault(name, List.of()).stream().mapToDouble(v -> v).toArray();
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw bad("\"" + name + "\" holds " + value);
      }
    }
    return values;
  }

  private static MillwrightException bad(String why) {
    return new MillwrightException(
        ErrorCode.BAD_BUNDLE, "this is no model of wear: " + why + "\nMaybe train it again");
  }
}
