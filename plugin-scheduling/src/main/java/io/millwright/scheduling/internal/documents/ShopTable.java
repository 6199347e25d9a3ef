package io.millwright.scheduling.internal.documents;

import io.millwright.api.ErrorCode;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.Table;
import io.millwright.api.spi.Problems;
import io.millwright.runtime.tables.Tables;
import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Flow;
import io.millwright.scheduling.Lag;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Need;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Resource;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.Stock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads orders from a table with one row for each machine that can do an operation. Everything that
 * is wrong is said at once, with row and column. For one use.
 */
public final class ShopTable {

  private static final List<String> NEEDED = List.of("job", "operation", "machine", "duration");
  private static final List<String> OF_JOB =
      List.of("release", "due", "deadline", "weight", "quantity", "rejection");
  private static final List<String> OF_OPERATION =
      List.of("after", "family", "needs", "options", "takes", "makes", "max_wait");
  private static final String PER_PIECE = "per_piece";

  /** An operation while its rows come in. */
  private static final class Rows {
    final List<Alternative> alternatives = new ArrayList<>();
    final Map<String, String> said = new HashMap<>();
  }

  private final Path file;
  private final Problems problems;
  private final Map<String, Integer> places = new HashMap<>();
  private final Map<String, Map<String, Rows>> operations = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> ofJob = new HashMap<>();
  private final Set<String> machines = new LinkedHashSet<>();
  private final Map<String, Integer> resources = new TreeMap<>();
  private final Set<String> stocks = new LinkedHashSet<>();

  ShopTable(Path file) {
    this.file = file;
    problems = new Problems(file.toString());
  }

  /** Whether a text begins with headings of such a table. */
  static boolean isOne(String text) {
    String first = text.lines().findFirst().orElse("");
    Set<String> headings =
        Arrays.stream(first.split("[,;\t]", -1))
            .map(h -> h.replace("\"", "").strip())
            .collect(Collectors.toSet());
    return headings.contains("job") && headings.contains("machine");
  }

  /** A shop whose machines and resources are those that the table names. */
  Shop shop(String name) {
    rows();
    List<ShopJob> jobs = jobs();
    List<Resource> staff = new ArrayList<>();
    resources.forEach((id, most) -> staff.add(Resource.of(id, most)));
    return Shop.builder(name, machines.stream().map(Machine::of).toList(), jobs)
        .resources(staff)
        .stocks(stocks.stream().map(s -> Stock.of(s, 0)).toList())
        .build();
  }

  /** A known floor with the jobs of the table. */
  Shop shop(Shop floor) {
    rows();
    return floor.withJobs(jobs()).withPins(List.of()).withoutDraft();
  }

  private void rows() {
    // All as text: a job may well be called 1001.
    Table table =
        Tables.reader().read(file, CsvFormat.builder().rest(ColumnType.TEXT).build()).table();
    List<String> found = table.schema().names();
    List<String> known = new ArrayList<>(NEEDED);
    known.addAll(OF_JOB);
    known.addAll(OF_OPERATION);
    known.add(PER_PIECE);
    for (String name : found) {
      if (!known.contains(name)) {
        problems.add(
            ErrorCode.BAD_FILE,
            "column \"" + name + "\"",
            "is not known",
            "name it as one of " + known + ", or remove it");
      }
    }
    for (String name : NEEDED) {
      if (!found.contains(name)) {
        problems.add(ErrorCode.MISSING_COLUMN, "column \"" + name + "\"", "is missing", "add it");
      }
    }
    problems.throwIfAny();
    for (int c = 0; c < found.size(); c++) {
      places.put(found.get(c), c);
    }
    for (int r = 0; r < table.rows(); r++) {
      row(table, r);
    }
  }

  private @Nullable String cell(Table table, int row, String column) {
    Integer place = places.get(column);
    return place == null ? null : table.label(row, place);
  }

  private void bad(int row, String column, String what, String remedy) {
    problems.add(
        ErrorCode.BAD_FILE, "row " + (row + 1) + ", column \"" + column + "\"", what, remedy);
  }

  private void row(Table table, int r) {
    for (String column : NEEDED) {
      if (cell(table, r, column) == null) {
        bad(r, column, "is empty", "fill it in");
      }
    }
    String job = Objects.requireNonNullElse(cell(table, r, "job"), "");
    String operation = Objects.requireNonNullElse(cell(table, r, "operation"), "");
    String machine = Objects.requireNonNullElse(cell(table, r, "machine"), "");
    machines.add(machine);
    long duration = whole(r, "duration", cell(table, r, "duration"));
    long perPiece = whole(r, PER_PIECE, cell(table, r, PER_PIECE));
    Rows rows =
        operations
            .computeIfAbsent(job, j -> new LinkedHashMap<>())
            .computeIfAbsent(operation, o -> new Rows());
    rows.alternatives.add(new Alternative(machine, duration, perPiece));
    Map<String, String> facts = ofJob.computeIfAbsent(job, j -> new HashMap<>());
    OF_JOB.forEach(c -> agree(r, c, cell(table, r, c), facts, "job " + job));
    OF_OPERATION.forEach(
        c -> agree(r, c, cell(table, r, c), rows.said, "job " + job + ", operation " + operation));
  }

  /** A fact may stand in any row of its thing, and in several when they say the same. */
  private void agree(
      int r, String column, @Nullable String cell, Map<String, String> said, String of) {
    if (cell == null) {
      return;
    }
    String other = said.putIfAbsent(column, cell);
    if (other == null) {
      // Complain once, where it is said first.
      if (column.equals("weight") || column.equals("rejection")) {
        number(r, column, cell);
      } else if (OF_JOB.contains(column)) {
        whole(r, column, cell);
      } else if (column.equals("needs")) {
        needs(r, cell);
      } else if (column.equals("takes") || column.equals("makes")) {
        flows(r, column, cell);
      } else if (column.equals("max_wait")) {
        whole(r, column, cell);
      }
    } else if (!other.equals(cell)) {
      bad(
          r,
          column,
          "says \"" + cell + "\" of " + of + ", but an earlier row says \"" + other + "\"",
          "say it in one row only");
    }
  }

  private long whole(int r, String column, @Nullable String cell) {
    if (cell == null) {
      return 0;
    }
    try {
      return Long.parseLong(cell);
    } catch (NumberFormatException e) {
      bad(
          r,
          column,
          "\"" + cell + "\" is not a whole number of at most 18 digits",
          cell.matches(".*\\d[-./:]\\d+[-./:]\\d.*")
              ? "count dates in ticks from a beginning of your own, as ShopClock does"
              : "round it");
      return 0;
    }
  }

  private void number(int r, String column, String cell) {
    try {
      Double.parseDouble(cell);
    } catch (NumberFormatException e) {
      bad(r, column, "\"" + cell + "\" is not a number", "write a point for decimals");
    }
  }

  private void needs(int r, String cell) {
    for (Need n : parsed(cell)) {
      if (n.amount() < 1) {
        bad(r, "needs", "\"" + cell + "\" is not resource:amount|resource", "write crew:2|crane");
      }
      resources.merge(n.resource(), n.amount(), Math::max);
    }
  }

  private void flows(int r, String column, String cell) {
    for (Need n : parsed(cell)) {
      if (n.amount() < 1) {
        bad(r, column, "\"" + cell + "\" is not stock:amount|stock", "write steel:2|glue");
      }
      stocks.add(n.resource());
    }
  }

  /** Amounts that cannot be read become 0. */
  private static List<Need> parsed(String cell) {
    List<Need> needs = new ArrayList<>();
    for (String part : cell.split("\\|", -1)) {
      int colon = part.lastIndexOf(':');
      String amount = colon < 0 ? "1" : part.substring(colon + 1).strip();
      boolean good = amount.matches("[0-9]{1,9}");
      needs.add(
          new Need(
              (colon < 0 ? part : part.substring(0, colon)).strip(),
              good ? Integer.parseInt(amount) : 0));
    }
    return needs;
  }

  private List<ShopJob> jobs() {
    problems.throwIfAny();
    List<ShopJob> jobs = new ArrayList<>();
    operations.forEach(
        (id, own) -> {
          Map<String, String> facts = ofJob.getOrDefault(id, Map.of());
          List<Operation> steps = new ArrayList<>();
          List<String> usual = List.of();
          for (Map.Entry<String, Rows> e : own.entrySet()) {
            steps.add(operation(e.getKey(), e.getValue(), usual));
            usual = List.of(e.getKey());
          }
          String due = facts.get("due");
          ShopJob.Builder job =
              ShopJob.builder(id, steps)
                  .release(Long.parseLong(facts.getOrDefault("release", "0")))
                  .weight(Double.parseDouble(facts.getOrDefault("weight", "1")))
                  .quantity(Long.parseLong(facts.getOrDefault("quantity", "1")));
          String deadline = facts.get("deadline");
          job = deadline == null ? job : job.deadline(Long.parseLong(deadline));
          String rejection = facts.get("rejection");
          job = rejection == null ? job : job.rejection(Double.parseDouble(rejection));
          jobs.add((due == null ? job : job.due(Long.parseLong(due))).build());
        });
    return jobs;
  }

  private static List<Need> listed(Rows rows, String column) {
    String cell = rows.said.get(column);
    return cell == null ? List.of() : parsed(cell);
  }

  private static Operation operation(String id, Rows rows, List<String> usual) {
    String after = rows.said.get("after");
    List<String> before = usual;
    if (after != null) {
      before =
          after.equals("-")
              ? List.of()
              : Arrays.stream(after.split("\\|", -1)).map(String::strip).toList();
    }
    List<Flow> flows = new ArrayList<>();
    for (Need n : listed(rows, "takes")) {
      flows.add(Flow.takes(n.resource(), n.amount()));
    }
    for (Need n : listed(rows, "makes")) {
      flows.add(Flow.makes(n.resource(), n.amount()));
    }
    String wait = rows.said.get("max_wait");
    List<Lag> lags =
        wait == null
            ? List.of()
            : before.stream().map(b -> Lag.after(b, 0).within(Long.parseLong(wait))).toList();
    String options = rows.said.get("options");
    return Operation.builder(id, rows.alternatives)
        .after(before)
        .family(Optional.ofNullable(rows.said.get("family")))
        .needs(listed(rows, "needs"))
        .flows(flows)
        .lags(lags)
        .options(
            options == null
                ? List.of()
                : Arrays.stream(options.split("\\|", -1)).map(String::strip).toList())
        .build();
  }
}
