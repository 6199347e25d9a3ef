package io.millwright.cli.scheduling;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The best known values of instances, from a table whose columns are found by their headings: the
 * first of the usual ones that is there.
 *
 * @param file where they come from, or null for none
 * @param values by instance in lower case
 */
record BestKnown(@Nullable Path file, Map<String, Double> values) {

  private static final List<String> USUAL_FILES =
      List.of("bounds.csv", "best_known.csv", "bks.csv", "optima.csv");
  private static final List<String> INSTANCE = List.of("instance", "name", "problem", "file");
  private static final List<String> BEST =
      List.of(
          "best_known_upper_bound",
          "best_known_makespan",
          "best_known",
          "best_known_value",
          "upper_bound",
          "ub",
          "bks",
          "best",
          "optimum",
          "makespan",
          "value");

  /** Reads a table, or looks for one beside or above a folder. */
  static BestKnown read(@Nullable Path given, Path folder, TableReader tables) {
    Path file = given == null ? usual(folder) : given;
    if (file == null) {
      return new BestKnown(null, Map.of());
    }
    Table table = tables.csv(file);
    int instance = column(file, table.schema(), INSTANCE);
    int best = column(file, table.schema(), BEST);
    Map<String, Double> values = new HashMap<>();
    for (int r = 0; r < table.rows(); r++) {
      String name =
          table.schema().columns().get(instance).type().isNumeric()
              ? SchedulePlan.number(table.number(r, instance))
              : table.label(r, instance);
      double value = number(table, r, best);
      // An instance that nobody solved has an empty cell.
      if (name != null && !Double.isNaN(value)) {
        values.put(name.toLowerCase(Locale.ROOT), value);
      }
    }
    return new BestKnown(file, Map.copyOf(values));
  }

  private static double number(Table table, int row, int column) {
    if (table.schema().columns().get(column).type().isNumeric()) {
      return table.number(row, column);
    }
    String label = table.label(row, column);
    try {
      return label == null ? Double.NaN : Double.parseDouble(label);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static @Nullable Path usual(Path folder) {
    Path above = folder.toAbsolutePath().getParent();
    for (String name : USUAL_FILES) {
      if (Files.isRegularFile(folder.resolve(name))) {
        return folder.resolve(name);
      }
      if (above != null && Files.isRegularFile(above.resolve(name))) {
        return above.resolve(name);
      }
    }
    return null;
  }

  private static int column(Path file, Schema schema, List<String> usual) {
    List<String> names =
        schema.names().stream()
            .map(n -> n.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_"))
            .toList();
    for (String name : usual) {
      if (names.contains(name)) {
        return names.indexOf(name);
      }
    }
    for (String name : usual) {
      for (int c = 0; c < names.size(); c++) {
        if (name.length() > 2 && names.get(c).startsWith(name)) {
          return c;
        }
      }
    }
    throw new MillwrightException(
        ErrorCode.MISSING_COLUMN,
        file
            + " has none of the columns "
            + usual
            + "; there are "
            + schema.names()
            + "\nMaybe rename a heading");
  }

  /** Whether a file is this table. */
  boolean isFile(Path other) {
    return file != null
        && file.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
  }

  /** The best known value of an instance. */
  OptionalDouble of(String instance) {
    Double value = values.get(instance.toLowerCase(Locale.ROOT));
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
