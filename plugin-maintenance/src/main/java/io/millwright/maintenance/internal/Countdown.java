package io.millwright.maintenance.internal;

import io.millwright.api.ErrorCode;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;
import io.millwright.api.data.UnitHistory;
import io.millwright.api.spi.Problems;
import java.util.List;

/**
 * Columns that tell the remaining life itself, so that a model of them would learn nothing else: a
 * countdown, a label made from the end, the share of life that is used. A counter that rises with
 * age is none of them.
 */
final class Countdown {

  /** Shorter records of failed units prove nothing. */
  private static final int ROWS = 5;

  /** As many units must agree on a column of two values, which two may do by chance. */
  private static final int UNITS = 3;

  /** Relative difference of equal values that were computed or written differently. */
  private static final double EQUAL = 1e-12;

  /** Shares may be written with four decimals. */
  private static final double SHARE = 1e-4;

  private Countdown() {}

  /** Adds each such column to the problems. */
  static void refuse(List<UnitHistory> fleet, Problems problems) {
    List<Table> lives =
        fleet.stream()
            .filter(u -> u.end() == UnitHistory.End.FAILED && u.length() >= ROWS)
            .map(UnitHistory::readings)
            .toList();
    if (lives.stream().mapToInt(Table::rows).distinct().count() < 2) {
      return;
    }
    for (int c = 0; c < lives.get(0).schema().size(); c++) {
      if (lives.get(0).schema().columns().get(c).type() != ColumnType.NUMBER) {
        continue;
      }
      String name = lives.get(0).schema().columns().get(c).name();
      if (sameFromTheEnd(lives, name)) {
        problems.add(
            ErrorCode.BAD_VALUE,
            "column \"" + name + "\"",
            "has the same value in all units that failed, so many rows before their end: it tells"
                + " the remaining life, which nobody knows when a model is asked",
            "leave the column out, or, where it numbers the rows and the newest come first, turn"
                + " the rows of each unit round.");
      } else if (shares(lives, name)) {
        problems.add(
            ErrorCode.BAD_VALUE,
            "column \"" + name + "\"",
            "goes in equal steps to one value at the last row in all units that failed, however"
                + " long they lived: it is the share of life used,"
                + " which nobody knows when a model is asked",
            "leave the column out.");
      }
    }
  }

  /** Whether the value depends on the rows that are left alone, and on these more than once. */
  private static boolean sameFromTheEnd(List<Table> lives, String name) {
    double[] longest = new double[0];
    for (Table life : lives) {
      double[] values = life.numbers(name);
      if (values.length > longest.length) {
        longest = values;
      }
    }
    boolean fromTheStart = true;
    for (Table life : lives) {
      double[] values = life.numbers(name);
      for (int i = 0; i < values.length; i++) {
        if (!near(values[values.length - 1 - i], longest[longest.length - 1 - i])) {
          return false;
        }
        fromTheStart &= near(values[i], longest[i]);
      }
    }
    // A machine that stands still at its last row tells nothing before.
    int changes = 0;
    for (int i = longest.length - 3; i >= 0; i--) {
      changes += near(longest[i], longest[i + 1]) ? 0 : 1;
    }
    return !fromTheStart && changes > 0 && (changes > 1 || lives.size() >= UNITS);
  }

  /**
   * Whether each unit goes in equal steps to one last value. Where it begins may depend on its
   * length: the first of a hundred rows is a hundredth of the life, or none of it. A share that is
   * written in whole percent is left alone, as wear that is measured so coarsely looks the same.
   */
  private static boolean shares(List<Table> lives, String name) {
    double last = lives.get(0).numbers(name)[lives.get(0).rows() - 1];
    double range = Math.abs(last - lives.get(0).numbers(name)[0]);
    double room = SHARE * range;
    if (!(room > 0)) {
      return false;
    }
    for (Table life : lives) {
      double[] values = life.numbers(name);
      for (int i = 0; i < values.length; i++) {
        double line = values[0] + (last - values[0]) * i / (values.length - 1);
        if (!(Math.abs(values[i] - line) <= room) || !(Math.abs(last - values[0]) > range / 2)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean near(double one, double other) {
    return one == other || Math.abs(one - other) <= EQUAL * Math.abs(one + other);
  }
}
