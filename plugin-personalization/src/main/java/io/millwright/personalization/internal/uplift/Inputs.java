package io.millwright.personalization.internal.uplift;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Row;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Features as numbers: numbers as they are (the mean where missing) with a logarithm beside those
 * that are skewed, categories as a column for each frequent label, and products of pairs.
 */
final class Inputs {

  private static final int MOST_LABELS = 12;
  private static final int LEAST_OF_LABEL = 50;
  private static final int MOST_PAIRED = 12;

  private record Source(String column, String label, boolean log, double mean) {}

  private final List<Source> sources = new ArrayList<>();
  private final boolean pairs;

  private Inputs(boolean pairs) {
    this.pairs = pairs;
  }

  static Inputs fit(Table table, List<String> features) {
    Schema schema = table.schema();
    Inputs inputs = new Inputs(true);
    for (String name : features) {
      Column column = schema.columns().get(place(schema, name));
      if (column.type().isNumeric()) {
        double[] values = table.numbers(name);
        double sum = 0;
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        int known = 0;
        for (double v : values) {
          if (!Double.isNaN(v)) {
            sum += v;
            known++;
            least = Math.min(least, v);
            most = Math.max(most, v);
          }
        }
        double mean = known == 0 ? 0 : sum / known;
        inputs.sources.add(new Source(name, "", false, mean));
        if (least >= 0 && most > 20 * Math.max(mean, 1e-9) / 2) {
          inputs.sources.add(new Source(name, "", true, mean));
        }
      } else if (column.type() == ColumnType.CATEGORY || column.type() == ColumnType.TEXT) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String label : table.labels(name)) {
          counts.merge(String.valueOf(label), 1, Integer::sum);
        }
        counts.entrySet().stream()
            .filter(e -> e.getValue() >= LEAST_OF_LABEL)
            .sorted((a, b) -> b.getValue() - a.getValue())
            .limit(MOST_LABELS)
            .forEach(e -> inputs.sources.add(new Source(name, e.getKey(), false, 0)));
      } else {
        throw new MillwrightException(
            ErrorCode.WRONG_TYPE,
            "feature " + name + " holds " + column.type() + "\nMaybe leave it out");
      }
    }
    return inputs;
  }

  static int place(Schema schema, String name) {
    int at = schema.names().indexOf(name);
    if (at < 0) {
      throw new MillwrightException(
          ErrorCode.MISSING_COLUMN,
          "there is no column \"" + name + "\"\nMaybe one of " + schema.names());
    }
    return at;
  }

  /** How many inputs there are before the products of pairs. */
  int plain() {
    return sources.size();
  }

  /** The column that each input before the products of pairs comes from. */
  List<String> columns() {
    return sources.stream().map(Source::column).toList();
  }

  double[][] of(Table table) {
    double[][] all = new double[table.rows()][];
    Map<String, Integer> places = new LinkedHashMap<>();
    for (Source s : sources) {
      places.put(s.column, place(table.schema(), s.column));
    }
    for (int r = 0; r < all.length; r++) {
      all[r] = row(table, r, places);
    }
    return all;
  }

  double[] of(Row row) {
    return of(row.toTable())[0];
  }

  private double[] row(Table table, int r, Map<String, Integer> places) {
    int n = sources.size();
    int paired = pairs ? Math.min(n, MOST_PAIRED) : 0;
    double[] x = new double[n + paired * (paired - 1) / 2];
    for (int k = 0; k < n; k++) {
      Source s = sources.get(k);
      int c = places.getOrDefault(s.column, 0);
      if (s.label.isEmpty()) {
        double v = table.number(r, c);
        v = Double.isNaN(v) ? s.mean : v;
        x[k] = s.log ? Math.log1p(Math.max(0, v)) : v;
      } else {
        x[k] = s.label.equals(String.valueOf(table.label(r, c))) ? 1 : 0;
      }
    }
    int at = n;
    for (int a = 0; a < paired; a++) {
      for (int b = 0; b < a; b++) {
        x[at++] = x[a] * x[b];
      }
    }
    return x;
  }
}
