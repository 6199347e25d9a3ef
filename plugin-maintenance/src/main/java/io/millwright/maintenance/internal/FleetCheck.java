package io.millwright.maintenance.internal;

import io.millwright.api.ErrorCode;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;
import io.millwright.api.data.UnitHistory;
import io.millwright.api.learn.Sample;
import io.millwright.api.learn.Samples;
import io.millwright.api.spi.Problems;
import io.millwright.maintenance.Cycles;
import io.millwright.maintenance.Fleet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks a fleet, saying everything that is wrong with it at once, and labels its rows with their
 * remaining life.
 */
final class FleetCheck {

  private static final int MOST = 50;

  /** A column with more labels names moments or things; it does not sort them. */
  private static final int MOST_LABELS = 100;

  private static final int SHOWN = 3;

  private FleetCheck() {}

  /** As many must have failed for a network; fewer, but one, for a path of wear. */
  static final int ENOUGH = 3;

  /**
   * From as many on a network answers where nothing is said. Its 90 % intervals held 18 to 98 % of
   * lives learnt from three and four failures (docs/experiments/remaining-life.md).
   */
  private static final int TRUSTED = 5;

  /** A fleet of which fewer units failed, checked, with all columns in the same order. */
  static Fleet few(Fleet fleet) {
    check(fleet, 1);
    List<String> columns = fleet.units().get(0).readings().schema().names();
    return new Fleet(fleet.units().stream().map(u -> ordered(u, columns)).toList());
  }

  /** Whether enough failed for a network. */
  static boolean enough(Fleet fleet) {
    return failed(fleet) >= ENOUGH;
  }

  /** Whether so many failed that a network goes before a path of wear. */
  static boolean trusted(Fleet fleet) {
    return failed(fleet) >= TRUSTED;
  }

  private static long failed(Fleet fleet) {
    return fleet.units().stream().filter(u -> u.end() == UnitHistory.End.FAILED).count();
  }

  static Samples<UnitHistory, Cycles> samples(Fleet fleet, double earlyLife) {
    check(fleet, ENOUGH);
    List<String> columns = fleet.units().get(0).readings().schema().names();
    List<Sample<UnitHistory, Cycles>> samples = new ArrayList<>();
    for (UnitHistory given : fleet.units()) {
      UnitHistory unit = ordered(given, columns);
      List<@Nullable Cycles> lives = lives(unit, earlyLife);
      if (lives.stream().anyMatch(l -> l != null)) {
        samples.add(new Sample<>(unit.unit(), unit, lives));
      }
    }
    return new Samples<>(samples);
  }

  /** The unit with its columns in the order of the first, which makes no difference to a reader. */
  private static UnitHistory ordered(UnitHistory unit, List<String> columns) {
    return unit.readings().schema().names().equals(columns)
        ? unit
        : new UnitHistory(
            unit.unit(), unit.readings().select(columns), unit.startAge(), unit.end());
  }

  /**
   * The remaining life at each row. A unit still running has at least the life that its record goes
   * on for: enough where that reaches the early life.
   */
  private static List<@Nullable Cycles> lives(UnitHistory unit, double earlyLife) {
    List<@Nullable Cycles> lives = new ArrayList<>();
    for (int r = 0; r < unit.length(); r++) {
      int left = unit.length() - 1 - r;
      if (unit.end() == UnitHistory.End.FAILED || left >= earlyLife) {
        lives.add(new Cycles(Math.min(left, earlyLife), left >= earlyLife));
      } else {
        lives.add(null);
      }
    }
    return lives;
  }

  private static void check(Fleet fleet, int needed) {
    Problems problems = new Problems("the fleet");
    if (fleet.units().isEmpty()) {
      problems.add(
          ErrorCode.TOO_FEW_DATA, "units", "there are none", "give the histories of some units.");
      problems.throwIfAny();
    }
    Set<String> names = new HashSet<>();
    int failed = 0;
    for (UnitHistory unit : fleet.units()) {
      String place = "unit \"" + unit.unit() + "\"";
      if (!names.add(unit.unit())) {
        problems.add(
            ErrorCode.BAD_VALUE,
            place,
            "stands in the fleet twice",
            "give every unit a name of its own.");
      }
      if (unit.length() < 2) {
        problems.add(
            ErrorCode.TOO_FEW_DATA,
            place,
            "has " + unit.length() + " rows, too few to show wear",
            "leave it out.");
      } else {
        same(unit, fleet.units().get(0), place, problems);
      }
      failed += unit.end() == UnitHistory.End.FAILED ? 1 : 0;
      finite(unit.readings(), place, problems);
      if (problems.findings().size() >= MOST) {
        break;
      }
    }
    if (problems.findings().isEmpty()) {
      fewLabels(fleet, problems);
      Countdown.refuse(fleet.units(), problems);
    }
    if (failed < needed) {
      problems.add(
          ErrorCode.TOO_FEW_DATA,
          "units",
          failed + " of " + fleet.units().size() + " have failed, but at least " + needed + " must",
          needed == 1
              ? "mark units that failed as FAILED: the end of one says at which wear life ends."
              : "leave the network out: from one unit on, life is told by the path of its wear.");
    }
    problems.throwIfAny();
  }

  private static void same(UnitHistory unit, UnitHistory first, String place, Problems problems) {
    if (!unit.readings().schema().equals(first.readings().schema())) {
      unit.readings()
          .schema()
          .obstaclesTo(first.readings().schema())
          .forEach(f -> problems.add(f.code(), place + ", " + f.place(), f.message(), f.remedy()));
      first.readings().schema().obstaclesTo(unit.readings().schema()).stream()
          .filter(f -> f.code().equals(ErrorCode.MISSING_COLUMN))
          .forEach(
              f ->
                  problems.add(
                      ErrorCode.WRONG_SHAPE,
                      place + ", " + f.place(),
                      "is not a column of unit \"" + first.unit() + "\"",
                      "give all units the same columns."));
    }
  }

  private static void fewLabels(Fleet fleet, Problems problems) {
    for (Column column : fleet.units().get(0).readings().schema().columns()) {
      if (column.type() != ColumnType.CATEGORY) {
        continue;
      }
      Set<String> labels = new LinkedHashSet<>();
      for (UnitHistory unit : fleet.units()) {
        for (@Nullable String label : unit.readings().labels(column.name())) {
          if (label != null) {
            labels.add(label);
          }
        }
      }
      if (labels.size() > MOST_LABELS) {
        problems.add(
            ErrorCode.WRONG_TYPE,
            "column \"" + column.name() + "\"",
            "holds "
                + labels.size()
                + " different labels, among them "
                + labels.stream().limit(SHOWN).toList()
                + ", but a category has at most "
                + MOST_LABELS,
            "leave out a column of times or names with Table.columns; where numbers were meant,"
                + " empty the cells that hold words.");
      }
    }
  }

  private static void finite(Table readings, String place, Problems problems) {
    List<Column> columns = readings.schema().columns();
    for (int c = 0; c < columns.size(); c++) {
      if (columns.get(c).type() == ColumnType.CATEGORY) {
        continue;
      }
      for (int r = 0; r < readings.rows(); r++) {
        if (Double.isInfinite(readings.number(r, c))) {
          problems.add(
              ErrorCode.BAD_VALUE,
              place + ", row " + r + ", column \"" + columns.get(c).name() + "\"",
              "is " + readings.number(r, c),
              "mark what was not measured as missing (NaN).");
          return;
        }
      }
    }
  }
}
