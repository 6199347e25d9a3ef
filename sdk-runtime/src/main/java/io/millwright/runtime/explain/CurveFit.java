package io.millwright.runtime.explain;

import io.millwright.api.data.Column;
import io.millwright.api.data.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads a model as a sum of curves. */
final class CurveFit {

  private static final int MOST_ROWS = 200;

  private CurveFit() {}

  static <V> AdditiveCurves of(AskedModel<Table, V> model, Table rows, String scale, int points) {
    double[] y = model.of(ColumnStudy.single(rows));
    double mean = 0;
    int known = 0;
    for (double v : y) {
      if (!Double.isNaN(v)) {
        known++;
        mean += (v - mean) / known;
      }
    }
    double[] sum = new double[y.length];
    List<Dependence> curves = new ArrayList<>();
    Table some = rows.rows() <= MOST_ROWS ? rows : rows.slice(0, MOST_ROWS);
    for (Column column : rows.schema().columns()) {
      Dependence raw = ColumnStudy.dependence(model, some, column.name(), points, 0);
      double[] own = new double[y.length];
      double centre = 0;
      for (int r = 0; r < own.length; r++) {
        own[r] = at(raw, rows, column, r);
        centre += own[r] / own.length;
      }
      List<Dependence.Point> centred = new ArrayList<>();
      for (Dependence.Point p : raw.points()) {
        centred.add(
            new Dependence.Point(p.value(), p.number(), p.mean() - centre, p.standardError()));
      }
      curves.add(new Dependence(raw.column(), raw.unit(), centred, List.of()));
      for (int r = 0; r < own.length; r++) {
        sum[r] += own[r] - centre;
      }
    }
    double rest = 0;
    double whole = 0;
    for (int r = 0; r < y.length; r++) {
      if (!Double.isNaN(y[r])) {
        double e = y[r] - mean - sum[r];
        rest += e * e;
        whole += (y[r] - mean) * (y[r] - mean);
      }
    }
    curves.sort(Comparator.comparingDouble((Dependence d) -> -spread(d)));
    return new AdditiveCurves(scale, mean, whole > 0 ? 1 - rest / whole : 1, curves);
  }

  private static double spread(Dependence curve) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Dependence.Point p : curve.points()) {
      low = Math.min(low, p.mean());
      high = Math.max(high, p.mean());
    }
    return high - low;
  }

  /** The curve at a row's value: between two points in a straight line. */
  private static double at(Dependence curve, Table rows, Column column, int row) {
    List<Dependence.Point> points = curve.points();
    int c = rows.schema().indexOf(column.name());
    if (!column.type().isNumeric()) {
      String label = rows.label(row, c);
      for (Dependence.Point p : points) {
        if (p.value().equals(label)) {
          return p.mean();
        }
      }
      return points.get(0).mean();
    }
    double v = rows.number(row, c);
    Dependence.Point last = points.get(0);
    if (Double.isNaN(v) || v <= last.number()) {
      return last.mean();
    }
    for (Dependence.Point p : points) {
      if (v <= p.number()) {
        double t = (v - last.number()) / Math.max(1e-300, p.number() - last.number());
        return last.mean() + t * (p.mean() - last.mean());
      }
      last = p;
    }
    return last.mean();
  }
}
