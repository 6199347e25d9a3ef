package io.millwright.cli.supplychain;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;
import io.millwright.cli.kit.TableOptions;
import io.millwright.supplychain.Distribution;
import io.millwright.supplychain.RouteFiles;
import io.millwright.supplychain.RoutingProblem;
import io.millwright.supplychain.Stop;
import io.millwright.supplychain.Travel;
import io.millwright.supplychain.Vehicle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where the stops come from: a table, or a file in a published form. Filled by picocli. */
final class RouteSource {

  private static final Set<String> COLUMNS =
      Set.of("id", "x", "y", "deliver", "collect", "ready", "due", "service", "prize", "needs");

  private static final Pattern QUANTILE = Pattern.compile("deliver p(\\d+(?:\\.\\d+)?)");

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = {
        "A CSV of stops with the columns id, x, y and, where wanted, deliver, collect, ready, due,",
        "service, prize, needs; its first row is the depot. Deliveries that are uncertain have",
        "quantiles, such as the columns 'deliver p10', 'deliver p50', 'deliver p90'. Or a VRPLIB",
        "(.vrp) or Solomon (.txt) file."
      })
  Path file = Path.of("");

  @Mixin TableOptions tables = new TableOptions();

  @Option(
      names = "--vehicles",
      paramLabel = "N",
      description = "How many vehicles. Default: as the file says, or as many as are needed.")
  @Nullable Integer vehicles;

  @Option(
      names = "--skills",
      paramLabel = "SKILLS=N",
      description =
          "How many of the vehicles have skills that stops need, such as crane=1 or 'crane;cold=2'."
              + " The others have none.")
  Map<String, Integer> skills = new LinkedHashMap<>();

  @Option(names = "--capacity", paramLabel = "X", description = "What each vehicle carries.")
  @Nullable Double capacity;

  @Option(names = "--hours", paramLabel = "X", description = "The longest time of a route.")
  @Nullable Double hours;

  @Option(names = "--longest", paramLabel = "X", description = "The longest distance of a route.")
  @Nullable Double longest;

  @Option(
      names = "--shift",
      paramLabel = "FROM,TO",
      split = ",",
      description = "Earliest departure and latest return.")
  @Nullable List<Double> shift;

  @Option(
      names = "--costs",
      paramLabel = "FIXED,DISTANCE,TIME",
      split = ",",
      description =
          "Cost of using a vehicle, of a unit of distance, of a unit of time. Default: 0,1,0.")
  List<Double> costs = List.of(0.0, 1.0, 0.0);

  RoutingProblem problem(Millwright millwright, Consumer<String> say) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".vrp") || name.endsWith(".txt")) {
      RoutingProblem read = RouteFiles.read(file);
      Vehicle v = read.vehicles().get(0);
      return fleet(read.toBuilder().withoutVehicles(), v, v.count()).build();
    }
    return fromTable(table(millwright, say));
  }

  /** Names are texts whatever they look like, and needs may be missing in all rows. */
  private Table table(Millwright millwright, Consumer<String> say) {
    try {
      return tables.readNumbers(millwright.tables(), file, say, "id", "needs").table();
    } catch (MillwrightException e) {
      if (!e.code().equals(ErrorCode.MISSING_COLUMN)) {
        throw e;
      }
      return tables.readNumbers(millwright.tables(), file, say, "id").table();
    }
  }

  private RoutingProblem fromTable(Table table) {
    List<String> names = table.schema().columns().stream().map(c -> c.name()).toList();
    for (String needed : List.of("id", "x", "y")) {
      if (!names.contains(needed)) {
        throw new MillwrightException(
            ErrorCode.MISSING_COLUMN,
            file + " has no column " + needed + "; it has " + names + "\nMaybe rename one");
      }
    }
    for (String column : names) {
      if (!COLUMNS.contains(column) && !QUANTILE.matcher(column).matches()) {
        throw new MillwrightException(
            ErrorCode.BAD_FILE,
            file
                + " has a column "
                + column
                + ", which means nothing here\nMaybe it is one of "
                + COLUMNS.stream().sorted().toList()
                + " or a quantile such as 'deliver p90', or take it out");
      }
    }
    if (table.rows() < 2) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          file
              + " has "
              + table.rows()
              + " rows: the depot and at least one stop are needed"
              + "\nMaybe the first row is no depot, but is taken for it");
    }
    Travel travel = Travel.plane(all(table, "x"), all(table, "y"), Travel.Rounding.NONE);
    RoutingProblem.Builder problem = RoutingProblem.builder(file.getFileName().toString(), travel);
    double from = cell(table, names, 0, "ready", 0);
    double to = cell(table, names, 0, "due", Double.POSITIVE_INFINITY);
    fleet(problem, Vehicle.builder("vehicle").shift(from, to).build(), table.rows() - 1);
    List<@Nullable String> ids = table.labels("id");
    List<@Nullable String> needs = names.contains("needs") ? table.labels("needs") : List.of();
    SortedMap<Double, String> quantiles = quantiles(names);
    boolean loads = names.contains("deliver") || names.contains("collect") || !quantiles.isEmpty();
    for (int i = 1; i < table.rows(); i++) {
      String id = ids.get(i);
      Stop.Builder stop = Stop.builder(id == null ? "row " + (i + 1) : id, i);
      if (loads) {
        stop.deliver(cell(table, names, i, "deliver", 0));
        stop.collect(cell(table, names, i, "collect", 0));
        uncertain(table, names, i, id, quantiles).ifPresent(stop::deliver);
      }
      stop.window(
          cell(table, names, i, "ready", Double.NEGATIVE_INFINITY),
          cell(table, names, i, "due", Double.POSITIVE_INFINITY));
      stop.service(cell(table, names, i, "service", 0));
      double prize = cell(table, names, i, "prize", Double.NaN);
      if (!Double.isNaN(prize)) {
        stop.prize(prize);
      }
      if (!needs.isEmpty() && needs.get(i) != null) {
        stop.needs(split(String.valueOf(needs.get(i))));
      }
      problem.stop(stop.build());
    }
    return problem.build();
  }

  /** The columns of quantiles, by probability. */
  private SortedMap<Double, String> quantiles(List<String> names) {
    SortedMap<Double, String> quantiles = new TreeMap<>();
    for (String name : names) {
      Matcher m = QUANTILE.matcher(name);
      if (m.matches()) {
        quantiles.put(Double.parseDouble(m.group(1)) / 100, name);
      }
    }
    if (quantiles.size() == 1 || quantiles.keySet().stream().anyMatch(p -> !(p > 0 && p < 1))) {
      throw new MillwrightException(
          ErrorCode.BAD_FILE,
          file
              + " has the quantiles "
              + quantiles.values()
              + ", but two or more between p0 and p100 are needed"
              + "\nMaybe give 'deliver p10' and 'deliver p90'");
    }
    return quantiles;
  }

  /** What is known of a delivery; empty where the row has no quantiles. */
  private Optional<Distribution> uncertain(
      Table table,
      List<String> names,
      int row,
      @Nullable String id,
      SortedMap<Double, String> columns) {
    List<Double> values = new ArrayList<>();
    for (String column : columns.values()) {
      values.add(cell(table, names, row, column, Double.NaN));
    }
    if (values.stream().allMatch(v -> v.isNaN())) {
      return Optional.empty();
    }
    for (int i = 0; i < values.size(); i++) {
      double value = values.get(i);
      if (!(value >= 0) || Double.isInfinite(value) || i > 0 && value < values.get(i - 1)) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            file
                + " row "
                + (row + 1)
                + ", stop "
                + id
                + ": the quantiles "
                + columns.values()
                + " are "
                + values
                + "\nMaybe give all of them, of 0 or more, none below the one before");
      }
    }
    double mean = values.stream().mapToDouble(v -> v).average().orElse(0);
    return Optional.of(new Distribution(mean, List.copyOf(columns.keySet()), values));
  }

  private double[] all(Table table, String column) {
    double[] values = table.numbers(column);
    for (int i = 0; i < values.length; i++) {
      if (Double.isNaN(values[i])) {
        throw new MillwrightException(
            ErrorCode.MISSING_VALUE,
            file + " row " + (i + 1) + ": " + column + " is missing\nMaybe take the row out");
      }
    }
    return values;
  }

  private double cell(Table table, List<String> names, int row, String column, double otherwise) {
    int at = names.indexOf(column);
    if (at < 0) {
      return otherwise;
    }
    if (table.schema().columns().get(at).type() != ColumnType.NUMBER) {
      throw new MillwrightException(
          ErrorCode.WRONG_TYPE,
          file
              + ": "
              + column
              + " is "
              + table.schema().columns().get(at).type()
              + ", not a number\nMaybe write times as minutes after midnight, such as 480 for"
              + " 08:00");
    }
    double value = table.number(row, at);
    return Double.isNaN(value) ? otherwise : value;
  }

  /** Vehicles with skills as they were counted; the others have none. */
  private RoutingProblem.Builder fleet(RoutingProblem.Builder problem, Vehicle of, int count) {
    if (vehicles != null && vehicles < 1) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "--vehicles is " + vehicles + ", but must be at least 1\nMaybe leave it out");
    }
    int left = vehicles == null ? count : vehicles;
    for (Map.Entry<String, Integer> some : skills.entrySet()) {
      if (some.getValue() < 1) {
        throw new MillwrightException(
            ErrorCode.BAD_OPTION,
            "--skills "
                + some.getKey()
                + " has "
                + some.getValue()
                + " vehicles, but needs 1\nMaybe leave it out");
      }
      String[] names = split(some.getKey());
      problem.vehicle(
          vehicle(of, of.id() + " with " + String.join(" and ", names), some.getValue(), names));
      left -= some.getValue();
    }
    if (left < 0) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "--skills names more vehicles than there are\nMaybe raise --vehicles by " + -left);
    }
    if (left > 0 || skills.isEmpty()) {
      problem.vehicle(vehicle(of, of.id(), left));
    }
    return problem;
  }

  private static String[] split(String names) {
    return names.trim().split("[ ;|]+");
  }

  private Vehicle vehicle(Vehicle of, String id, int count, String... having) {
    Vehicle.Builder v =
        Vehicle.builder(id)
            .count(count)
            .skills(having)
            .between(of.start(), of.end())
            .longest(longest == null ? of.longest() : longest)
            .hours(hours == null ? of.hours() : hours);
    if (capacity != null) {
      v.capacity(capacity);
    } else {
      v.capacity(of.capacity().stream().mapToDouble(Double::doubleValue).toArray());
    }
    if (costs.size() != 3) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "--costs has " + costs.size() + " figures, not 3");
    }
    v.costs(costs.get(0), costs.get(1), costs.get(2));
    if (shift != null && shift.size() != 2) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "--shift has " + shift.size() + " figures, not 2");
    }
    return shift == null
        ? v.shift(of.earliest(), of.latest()).build()
        : v.shift(shift.get(0), shift.get(1)).build();
  }
}
