package io.millwright.cli.supplychain;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Table;
import io.millwright.supplychain.Hierarchy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the sums of series come from. Filled by picocli; not thread-safe. */
final class HierarchySource {

  @Option(
      names = "--hierarchy",
      paramLabel = "CSV",
      description = {
        "A row for each series with its labels, such as region and kind: forecasts all sums too,"
            + " so",
        "that they agree. The column of series is named as in the demand, or comes first."
      })
  @Nullable Path file;

  @Option(
      names = "--levels",
      paramLabel = "LEVEL",
      split = ",",
      description = {
        "Which sums: total, or labels joined by +, such as total,region,region+kind. Default: the",
        "total and each label."
      })
  @Nullable List<String> levels;

  boolean isAny() {
    return file != null;
  }

  /**
   * Keeps the labels of a series.
   *
   * @throws MillwrightException with {@link ErrorCode#BAD_VALUE} when the series has others already
   */
  static <T> void putOnce(Map<String, T> all, String name, T own, Path from, int row) {
    T before = all.put(name, own);
    if (before != null && !before.equals(own)) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          from
              + " row "
              + (row + 1)
              + ": "
              + name
              + " is "
              + own
              + ", but was "
              + before
              + " in a row above\nMaybe take one of the rows out");
    }
  }

  Hierarchy hierarchy(Millwright millwright, DemandSource demand) {
    Path from = java.util.Objects.requireNonNull(file);
    List<String> names =
        demand.tables.read(millwright.tables(), from, w -> {}).table().schema().names();
    Table table =
        demand
            .tables
            .read(millwright.tables(), from, w -> {}, names.toArray(String[]::new))
            .table();
    int id = Math.max(0, names.indexOf(demand.id));
    Map<String, Map<String, String>> labels = new TreeMap<>();
    for (int row = 0; row < table.rows(); row++) {
      Map<String, String> own = new TreeMap<>();
      for (int c = 0; c < names.size(); c++) {
        String label = table.label(row, c);
        if (c != id && label != null && !label.isBlank()) {
          own.put(names.get(c), label);
        }
      }
      putOnce(labels, String.valueOf(table.label(row, id)), own, from, row);
    }
    List<List<String>> wanted = new ArrayList<>();
    if (levels == null) {
      wanted.add(List.of());
      for (int c = 0; c < names.size(); c++) {
        if (c != id) {
          wanted.add(List.of(names.get(c)));
        }
      }
    } else {
      for (String level : levels) {
        List<String> joined = level.equals("total") ? List.of() : Arrays.asList(level.split("\\+"));
        for (String label : joined) {
          if (!names.contains(label)) {
            throw new MillwrightException(
                ErrorCode.BAD_OPTION,
                "--levels names "
                    + label
                    + ", but "
                    + from
                    + " has "
                    + names
                    + "\nMaybe one of them");
          }
        }
        wanted.add(joined);
      }
    }
    return Hierarchy.of(labels, wanted);
  }
}
