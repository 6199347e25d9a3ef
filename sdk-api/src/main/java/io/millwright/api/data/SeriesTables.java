package io.millwright.api.data;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.MillwrightException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes {@link Series} of tables: a long one, with a row for each value, or a wide one, with a row
 * for each period or for each series. Periods that are missing become NaN ({@link
 * Series#missingMeansZero} is for tables in which no row means none); a period that stands twice is
 * an error that names series and period, because nobody can know which value is right.
 *
 * <p>A table has one present: its latest period with a value. Series that end before it have NaN
 * from there on, so that nobody takes an article that was dropped for one that goes on. Counted
 * periods have no calendar and so no common present.
 *
 * <p>A few periods far from all others, such as 2202 among those of 2022, are no present but
 * mistyped: the table is refused with their names; or, where somebody hears of it, they are left
 * out.
 */
public final class SeriesTables {

  private static final int MOST_FINDINGS = 20;

  private SeriesTables() {}

  /**
   * Reads a long table.
   *
   * @param table one row for each value
   * @param id the column with the name of the series
   * @param period the column with the label of the period
   * @param value the column with the value
   * @param frequency how often values come, or empty to see it from the labels
   * @return the series in the order of their first rows
   * @throws MillwrightException with all faults: {@link ErrorCode#OUT_OF_RANGE} for a repeated
   *     period, {@link ErrorCode#BAD_VALUE} for a label that is none, {@link
   *     ErrorCode#MISSING_COLUMN}, {@link ErrorCode#WRONG_TYPE}
   */
  public static List<Series> ofLong(
      Table table, String id, String period, String value, Optional<Frequency> frequency) {
    return ofLong(table, id, period, value, frequency, Optional.empty());
  }

  /**
   * The same, and periods far from all others are left out.
   *
   * @param table one row for each value
   * @param id the column with the name of the series
   * @param period the column with the label of the period
   * @param value the column with the value
   * @param frequency how often values come, or empty to see it from the labels
   * @param remarks hears of what was left out, a sentence each
   * @return the series
   * @throws MillwrightException as {@link #ofLong(Table, String, String, String, Optional)}
   */
  public static List<Series> ofLong(
      Table table,
      String id,
      String period,
      String value,
      Optional<Frequency> frequency,
      Consumer<String> remarks) {
    return ofLong(table, id, period, value, frequency, Optional.of(remarks));
  }

  private static List<Series> ofLong(
      Table table,
      String id,
      String period,
      String value,
      Optional<Frequency> frequency,
      Optional<Consumer<String>> remarks) {
    String[] ids = labels(table, id);
    String[] periods = labels(table, period);
    double[] values = numbers(table, value);
    Collector collector =
        new Collector(
            stated(frequency, known(periods)).orElseGet(() -> seen(ids, periods)), remarks);
    for (int row = 0; row < values.length; row++) {
      collector.add("row " + (row + 1), ids[row], periods[row], values[row]);
    }
    return collector.series();
  }

  /**
   * Reads a table with a row for each period: the labels in its first column, and a series in every
   * other.
   *
   * @param table one row for each period
   * @param frequency how often values come, or empty to see it from the labels
   * @return the series in the order of their columns
   * @throws MillwrightException as {@link #ofLong(Table, String, String, String, Optional)}
   */
  public static List<Series> ofColumns(Table table, Optional<Frequency> frequency) {
    return ofColumns(table, frequency, Optional.empty());
  }

  /**
   * The same, and periods far from all others are left out.
   *
   * @param table one row for each period
   * @param frequency how often values come, or empty to see it from the labels
   * @param remarks hears of what was left out, a sentence each
   * @return the series
   * @throws MillwrightException as {@link #ofLong(Table, String, String, String, Optional)}
   */
  public static List<Series> ofColumns(
      Table table, Optional<Frequency> frequency, Consumer<String> remarks) {
    return ofColumns(table, frequency, Optional.of(remarks));
  }

  private static List<Series> ofColumns(
      Table table, Optional<Frequency> frequency, Optional<Consumer<String>> remarks) {
    List<String> names = table.schema().names();
    String[] periods = labels(table, names.get(0));
    Collector collector =
        new Collector(
            stated(frequency, known(periods)).orElseGet(() -> Frequency.of(known(periods))),
            remarks);
    for (String name : names.subList(1, names.size())) {
      double[] values = numbers(table, name);
      for (int row = 0; row < values.length; row++) {
        collector.add("row " + (row + 1), name, periods[row], values[row]);
      }
    }
    return collector.series();
  }

  /**
   * Reads a table with a row for each series: the names in its first column, and a period in every
   * other, whose headers are the labels.
   *
   * @param table one row for each series
   * @param frequency how often values come, or empty to see it from the headers
   * @return the series in the order of their rows
   * @throws MillwrightException as {@link #ofLong(Table, String, String, String, Optional)}
   */
  public static List<Series> ofRows(Table table, Optional<Frequency> frequency) {
    return ofRows(table, frequency, Optional.empty());
  }

  /**
   * The same, and periods far from all others are left out.
   *
   * @param table one row for each series
   * @param frequency how often values come, or empty to see it from the headers
   * @param remarks hears of what was left out, a sentence each
   * @return the series
   * @throws MillwrightException as {@link #ofLong(Table, String, String, String, Optional)}
   */
  public static List<Series> ofRows(
      Table table, Optional<Frequency> frequency, Consumer<String> remarks) {
    return ofRows(table, frequency, Optional.of(remarks));
  }

  private static List<Series> ofRows(
      Table table, Optional<Frequency> frequency, Optional<Consumer<String>> remarks) {
    List<String> names = table.schema().names();
    List<String> periods = names.subList(1, names.size());
    String[] ids = labels(table, names.get(0));
    Collector collector =
        new Collector(
            stated(frequency, periods)
                .orElseGet(() -> Frequency.of(known(periods.toArray(String[]::new)))),
            remarks);
    double[][] values = new double[periods.size()][];
    for (int k = 0; k < values.length; k++) {
      values[k] = numbers(table, periods.get(k));
    }
    for (int row = 0; row < ids.length; row++) {
      for (int k = 0; k < values.length; k++) {
        collector.add("row " + (row + 1), ids[row], periods.get(k), values[k][row]);
      }
    }
    return collector.series();
  }

  private static Optional<Frequency> stated(Optional<Frequency> frequency, List<String> labels) {
    return frequency.map(f -> f.phasedBy(labels));
  }

  /** What all labels say together, or, where that is not plain, what those of each series say. */
  private static Frequency seen(String[] ids, String[] periods) {
    try {
      return Frequency.of(known(periods));
    } catch (MillwrightException together) {
      Map<String, List<String>> own = new LinkedHashMap<>();
      for (int row = 0; row < ids.length; row++) {
        if (!periods[row].isEmpty()) {
          own.computeIfAbsent(ids[row], k -> new ArrayList<>()).add(periods[row]);
        }
      }
      try {
        List<Frequency> each =
            own.values().stream()
                .filter(l -> l.size() > 2)
                .map(Frequency::of)
                .map(f -> new Frequency(f.step(), f.every(), 0, f.seasons()))
                .distinct()
                .toList();
        if (own.size() > 1 && each.size() == 1 && each.get(0).step() != Frequency.Step.DAY) {
          return each.get(0);
        }
      } catch (MillwrightException apart) {
        together.addSuppressed(apart);
      }
      throw together;
    }
  }

  /** What says how often values come; a few slips among them are named with their rows. */
  private static List<String> known(String[] labels) {
    List<String> all = Arrays.stream(labels).filter(l -> !l.isEmpty()).toList();
    List<String> sound = all.stream().filter(Frequency::isLabel).toList();
    return 2 * sound.size() > all.size() ? sound : all;
  }

  /** A column as texts; whole numbers without a point. */
  private static String[] labels(Table table, String name) {
    int at = column(table, name);
    String[] labels = new String[table.rows()];
    boolean number = table.schema().columns().get(at).type() == ColumnType.NUMBER;
    for (int row = 0; row < labels.length; row++) {
      if (number) {
        double v = table.number(row, at);
        labels[row] =
            Double.isNaN(v) ? "" : v == Math.rint(v) ? Long.toString((long) v) : Double.toString(v);
      } else {
        String label = table.label(row, at);
        labels[row] = label == null ? "" : label;
      }
    }
    return labels;
  }

  private static double[] numbers(Table table, String name) {
    int at = column(table, name);
    Column column = table.schema().columns().get(at);
    if (column.type() == ColumnType.CATEGORY) {
      for (int row = 0; row < table.rows(); row++) {
        String label = table.label(row, at);
        if (label != null) {
          throw new MillwrightException(
              ErrorCode.WRONG_TYPE,
              "column \""
                  + name
                  + "\", row "
                  + (row + 1)
                  + ": \""
                  + label
                  + "\" is no number\nMaybe another column holds the values");
        }
      }
      double[] missing = new double[table.rows()];
      Arrays.fill(missing, Double.NaN);
      return missing;
    }
    return table.numbers(name);
  }

  private static int column(Table table, String name) {
    int at = table.schema().names().indexOf(name);
    if (at < 0) {
      throw new MillwrightException(
          ErrorCode.MISSING_COLUMN,
          "there is no column \""
              + name
              + "\"\nMaybe one of "
              + table.schema().names().stream().limit(MOST_FINDINGS).toList());
    }
    return at;
  }

  /** Gathers values and all faults. */
  private static final class Collector {
    private final Frequency frequency;
    private final Optional<Consumer<String>> remarks;
    private final Map<String, Map<Long, Double>> series = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    Collector(Frequency frequency, Optional<Consumer<String>> remarks) {
      this.frequency = frequency;
      this.remarks = remarks;
    }

    /** How a period of the table is written. */
    private String example() {
      try {
        return frequency.label(frequency.number("2026-07-06"));
      } catch (MillwrightException e) {
        return frequency.label(1);
      }
    }

    void add(String place, String id, String label, double value) {
      if (id.isEmpty() || label.isEmpty()) {
        fault(
            ErrorCode.MISSING_VALUE,
            place,
            id.isEmpty() ? "it has no name of a series" : "it has no period",
            "fill the cell, or remove the row");
        return;
      }
      long number;
      try {
        number = frequency.number(label);
      } catch (MillwrightException e) {
        fault(
            ErrorCode.BAD_VALUE,
            place + ", series " + id,
            "\"" + label + "\" is no " + frequency.text(),
            "write periods like " + example() + ", all in one way");
        return;
      }
      Map<Long, Double> values = series.computeIfAbsent(id, k -> new LinkedHashMap<>());
      if (values.containsKey(number)) {
        fault(
            ErrorCode.OUT_OF_RANGE,
            place + ", series " + id,
            "the period "
                + frequency.label(number)
                + " stands a second time, with "
                + value
                + " after "
                + values.get(number),
            frequency.step() == Frequency.Step.HOUR || frequency.step() == Frequency.Step.MINUTE
                ? "clocks were set back: write times with their offset, 02:00+01:00"
                : "add the values up or remove one of them before reading, or state another"
                    + " frequency when periods are longer or shorter than a "
                    + frequency.text());
        return;
      }
      if (Double.isInfinite(value)) {
        fault(
            ErrorCode.BAD_VALUE,
            place + ", series " + id,
            "the value of " + frequency.label(number) + " is " + value,
            "leave the cell empty: a missing period is filled");
        return;
      }
      values.put(number, value);
    }

    private void fault(ErrorCode code, String place, String message, String remedy) {
      if (findings.size() < MOST_FINDINGS) {
        findings.add(new Finding(code, place, message, remedy));
      }
    }

    /** Series from their first known value to the present. */
    List<Series> series() {
      if (!findings.isEmpty()) {
        throw MillwrightException.of("the table of series", findings);
      }
      if (frequency.step() != Frequency.Step.COUNT) {
        leaveOutStrays();
      }
      long present =
          frequency.step() == Frequency.Step.COUNT
              ? Long.MIN_VALUE
              : series.values().stream()
                  .flatMap(v -> v.entrySet().stream())
                  .filter(e -> !e.getValue().isNaN())
                  .mapToLong(Map.Entry::getKey)
                  .max()
                  .orElse(Long.MIN_VALUE);
      List<Series> all = new ArrayList<>();
      series.forEach((id, values) -> all.add(one(id, values, present)));
      return all;
    }

    private void leaveOutStrays() {
      StrayPeriods strays = StrayPeriods.of(series);
      series.forEach(
          (id, values) -> {
            for (long period : strays.known(values)) {
              String what =
                  "the period "
                      + frequency.label(period)
                      + " is far from all others, which go from "
                      + frequency.label(strays.first())
                      + " to "
                      + frequency.label(strays.last());
              remarks.ifPresentOrElse(
                  r -> r.accept("series " + id + ": " + what + ": mistyped? It is left out"),
                  () ->
                      fault(
                          ErrorCode.OUT_OF_RANGE,
                          "series " + id,
                          what,
                          "correct it, or take the row out"));
            }
            values.keySet().removeIf(strays::has);
          });
      if (!findings.isEmpty()) {
        throw MillwrightException.of("the table of series", findings);
      }
    }

    private Series one(String id, Map<Long, Double> values, long present) {
      long[] known =
          values.entrySet().stream()
              .filter(e -> !e.getValue().isNaN())
              .mapToLong(Map.Entry::getKey)
              .sorted()
              .toArray();
      if (known.length == 0) {
        long first = values.keySet().stream().mapToLong(k -> k).min().orElse(0);
        return new Series(id, frequency, first, List.of());
      }
      long last = Math.max(present, known[known.length - 1]);
      long span = last - known[0] + 1;
      if (span > 10_000_000) {
        throw new MillwrightException(
            ErrorCode.OUT_OF_RANGE,
            "series "
                + id
                + " goes from "
                + frequency.label(known[0])
                + " to "
                + frequency.label(last)
                + "\nMaybe one of the periods is mistyped");
      }
      List<Double> filled = new ArrayList<>((int) span);
      for (long p = known[0]; p <= last; p++) {
        filled.add(Objects.requireNonNullElse(values.get(p), Double.NaN));
      }
      return new Series(id, frequency, known[0], filled);
    }
  }
}
