package io.millwright.runtime.prepare;

import io.millwright.runtime.prepare.FittedStep.CalendarColumn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Times become sines, cosines, and a one among days of the week. */
final class CalendarOp extends Op {

  private static final double DAY = 86_400_000;
  private static final double YEAR = 365.2425;
  private static final int DAY_WAVES = 3;
  private static final int YEAR_WAVES = 2;
  private static final String[] DAYS = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"
  };

  /** 1970-01-01 was a Thursday. */
  private static final int FIRST_DAY = 3;

  private final @Nullable CalendarColumn[] columns;

  /**
   * @param columns for each column before the step what it becomes; null for one that passes
   */
  CalendarOp(@Nullable CalendarColumn[] columns) {
    super(0);
    this.columns = columns;
  }

  /** The names of the features of a column. */
  static List<String> features(CalendarColumn column) {
    List<String> names = new ArrayList<>();
    if (column.day()) {
      waves(names, column.column() + " day ", DAY_WAVES);
    }
    if (column.week()) {
      for (String day : DAYS) {
        names.add(column.column() + " " + day);
      }
    }
    if (column.year()) {
      waves(names, column.column() + " year ", YEAR_WAVES);
    }
    return names;
  }

  private static void waves(List<String> names, String prefix, int most) {
    for (int wave = 1; wave <= most; wave++) {
      names.add(prefix + "sine " + wave);
      names.add(prefix + "cosine " + wave);
    }
  }

  @Override
  void apply(double[] x, double[] y, double[] s, int at, Notes notes) {
    int to = 0;
    for (int i = 0; i < columns.length; i++) {
      CalendarColumn column = columns[i];
      if (column == null) {
        y[to++] = x[i];
        continue;
      }
      double days = x[i] / DAY;
      if (column.day()) {
        to = waves(y, to, days - Math.floor(days), DAY_WAVES);
      }
      if (column.week()) {
        double number = Math.floor(days) + FIRST_DAY;
        double day = number - 7 * Math.floor(number / 7);
        for (int d = 0; d < DAYS.length; d++) {
          y[to++] = Double.isNaN(day) ? day : day == d ? 1 : 0;
        }
      }
      if (column.year()) {
        double years = days / YEAR;
        to = waves(y, to, years - Math.floor(years), YEAR_WAVES);
      }
    }
  }

  private static int waves(double[] y, int from, double phase, int most) {
    int to = from;
    for (int wave = 1; wave <= most; wave++) {
      y[to++] = Math.sin(2 * Math.PI * wave * phase);
      y[to++] = Math.cos(2 * Math.PI * wave * phase);
    }
    return to;
  }
}
