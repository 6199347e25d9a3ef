package io.millwright.production.internal.load;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.production.LoadSeries;
import java.util.List;

/**
 * All that was learnt.
 *
 * @param day the shorter season
 * @param week the longer one
 * @param columns the names of what is known ahead
 * @param positive whether the load was never negative: then no prediction is
 * @param steps the distances, rising
 */
record LoadParts(int day, int week, List<String> columns, boolean positive, List<StepModel> steps) {

  LoadParts {
    columns = List.copyOf(columns);
    steps = List.copyOf(steps);
  }

  double cut(double value) {
    return positive ? Math.max(0, value) : value;
  }

  void check(LoadSeries series) {
    Grid grid = new Grid(LoadSeries.of(series.load().first(0)));
    List<String> names = series.known().stream().map(LoadSeries.Known::name).toList();
    if (!names.equals(columns)) {
      throw new MillwrightException(
          ErrorCode.MISSING_COLUMN,
          "known ahead are "
              + names
              + ", but the model learnt with "
              + columns
              + "\nMaybe give the same columns in the same order");
    }
    if (grid.day != day || grid.week != week) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          "the load has seasons of "
              + grid.day
              + " and "
              + grid.week
              + " periods, but the model learnt "
              + day
              + " and "
              + week
              + "\nMaybe it has another frequency");
    }
  }
}
