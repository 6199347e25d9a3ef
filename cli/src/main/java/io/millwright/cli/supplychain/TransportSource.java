package io.millwright.cli.supplychain;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Table;
import io.millwright.cli.kit.TableOptions;
import io.millwright.supplychain.TransportProblem;
import io.millwright.supplychain.Travel;
import io.millwright.supplychain.Vehicle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where the sites of a transport plan come from. Filled by picocli. */
final class TransportSource {

  private static final String CLOSED = "closed";

  private static final List<String> COLUMNS =
      List.of(
          "id", "x", "y", "stock", "least", "most", "use", "service", "load", "holding", CLOSED);

  private static final Pattern DAY = Pattern.compile("use ?([0-9]{1,2})");

  @Parameters(
      index = "0",
      paramLabel = "CSV",
      description = {
        "Sites with the columns id, x, y, stock, most, use (pieces a day, or one column a day: use",
        "1, use 2, ...) and, where wanted, least, service, load (of a piece), holding (cost of a",
        "piece a day), closed (days on which nothing can be brought, such as 6;7); the first row is",
        "the depot, of which id, x, y and closed count: what is closed there is so for all."
      })
  Path file = Path.of("");

  @Mixin TableOptions tables = new TableOptions();

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "How many days. Default: as many columns of use as there are, or 7.")
  @Nullable Integer days;

  @Option(
      names = "--vehicles",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many vehicles there are on each day. Default: ${DEFAULT-VALUE}.")
  int vehicles = 1;

  @Option(
      names = "--capacity",
      paramLabel = "X",
      required = true,
      description = "What each vehicle carries.")
  double capacity;

  @Option(
      names = "--costs",
      paramLabel = "FIXED,DISTANCE,TIME",
      split = ",",
      description = "Cost of using a vehicle for a day, of a unit of distance, of a unit of time.")
  List<Double> costs = List.of(0.0, 1.0, 0.0);

  @Mixin DraftSource draft = new DraftSource();

  TransportProblem problem(Millwright millwright, Consumer<String> say) {
    Table table = table(millwright, say);
    List<String> names = table.schema().names();
    List<String> uses = names.stream().filter(n -> DAY.matcher(n).matches()).toList();
    check(table, names, uses);
    int n = table.rows();
    double[] x = new double[n];
    double[] y = new double[n];
    List<TransportProblem.Site> sites = new ArrayList<>();
    int over = days != null ? days : uses.isEmpty() ? 7 : uses.size();
    List<@Nullable String> ids = table.labels("id");
    for (int i = 0; i < n; i++) {
      x[i] = cell(table, i, "x", Double.NaN);
      y[i] = cell(table, i, "y", Double.NaN);
      if (i == 0) {
        continue;
      }
      List<Double> use =
          new ArrayList<>(
              Collections.nCopies(
                  uses.isEmpty() ? over : 0,
                  uses.isEmpty() ? cell(table, i, "use", Double.NaN) : 0.0));
      for (String column : uses) {
        use.add(cell(table, i, column, Double.NaN));
      }
      if (use.size() < over) {
        throw new MillwrightException(
            ErrorCode.BAD_OPTION,
            file
                + " has "
                + uses.size()
                + " columns of use for "
                + over
                + " days\nMaybe --days "
                + uses.size());
      }
      String id = ids.get(i);
      sites.add(
          new TransportProblem.Site(
              id == null ? "row " + (i + 1) : id,
              i,
              cell(table, i, "stock", Double.NaN),
              cell(table, i, "least", 0),
              cell(table, i, "most", Double.NaN),
              use.subList(0, over),
              cell(table, i, "service", 0),
              List.of(cell(table, i, "load", 1)),
              cell(table, i, "holding", 0),
              closed(table, i, over)));
    }
    if (costs.size() != 3) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "--costs has " + costs.size() + " figures, not 3");
    }
    Vehicle vehicle =
        Vehicle.builder("vehicle")
            .count(vehicles)
            .capacity(capacity)
            .costs(costs.get(0), costs.get(1), costs.get(2))
            .build();
    TransportProblem problem =
        new TransportProblem(
            file.getFileName().toString(),
            Travel.plane(x, y, Travel.Rounding.NONE),
            List.of(vehicle),
            sites,
            over);
    return draft.isAny() ? problem.from(draft.draft(millwright, tables, over, say)) : problem;
  }

  /** Days are a list, and may look like a number. */
  private Table table(Millwright millwright, Consumer<String> say) {
    try {
      return tables.readNumbers(millwright.tables(), file, say, "id", CLOSED).table();
    } catch (MillwrightException e) {
      if (!e.code().equals(ErrorCode.MISSING_COLUMN)) {
        throw e;
      }
      return tables.readNumbers(millwright.tables(), file, say, "id").table();
    }
  }

  /** A site's own days and those of the depot, from 0. */
  private Set<Integer> closed(Table table, int row, int days) {
    Set<Integer> closed = new TreeSet<>();
    int at = table.schema().names().indexOf(CLOSED);
    for (int i : at < 0 ? new int[0] : new int[] {0, row}) {
      String text = table.label(i, at);
      for (String day : text == null ? new String[0] : text.strip().split("[;, ]+", -1)) {
        if (!day.matches("[1-9][0-9]?") || Integer.parseInt(day) > days) {
          throw new MillwrightException(
              ErrorCode.BAD_VALUE,
              file
                  + " row "
                  + (i + 1)
                  + ": closed is "
                  + text
                  + ", but days are from 1 to "
                  + days
                  + "\nMaybe write 6;7 for the sixth and the seventh");
        }
        closed.add(Integer.parseInt(day) - 1);
      }
    }
    return closed;
  }

  private void check(Table table, List<String> names, List<String> uses) {
    for (String needed : List.of("id", "x", "y", "stock", "most")) {
      if (!names.contains(needed)) {
        throw new MillwrightException(
            ErrorCode.MISSING_COLUMN,
            file + " has no column " + needed + "; it has " + names + "\nMaybe rename one");
      }
    }
    if (names.contains("use") == !uses.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.MISSING_COLUMN,
          file
              + (uses.isEmpty() ? " has no column use" : " has a column use and one for each day")
              + "; it has "
              + names
              + "\nMaybe use for the same each day, or use 1, use 2 and so on");
    }
    for (String name : names) {
      if (!COLUMNS.contains(name) && !uses.contains(name)) {
        throw new MillwrightException(
            ErrorCode.BAD_FILE,
            file
                + " has a column "
                + name
                + ", which means nothing here\nMaybe it is one of "
                + COLUMNS
                + ", or take it out");
      }
    }
    if (table.rows() < 2) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          file + " has " + table.rows() + " rows: the depot and at least one site are needed");
    }
  }

  private double cell(Table table, int row, String column, double otherwise) {
    return NumberCells.of(file, table, row, column, otherwise, "take the row out");
  }
}
