package io.millwright.cli.supplychain;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import io.millwright.api.data.SeriesTables;
import io.millwright.api.data.Table;
import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.TableOptions;
import io.millwright.cli.kit.Texts;
import io.millwright.supplychain.Delivery;
import io.millwright.supplychain.SupplyNetwork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Where the network of a command comes from. Filled by picocli; not thread-safe. */
final class RiskSource {

  private static final Pattern DATE = Pattern.compile("(19|20|21)[0-9]{2}[01][0-9][0-3][0-9]");
  private static final Pattern SECONDS = Pattern.compile("[12][0-9]{9}([0-9]{3})?");

  /** What is read of each table. */
  private static final Map<String, List<String>> COLUMNS =
      Map.of(
          "suppliers.csv", List.of("supplier", "between_failures", "to_recover", "variation"),
          "items.csv", List.of("item", "stock", "demand", "margin", "capacity"),
          "needs.csv", List.of("item", "needs", "quantity"),
          "sources.csv", List.of("item", "supplier", "most"),
          "deliveries.csv",
              List.of(
                  "supplier",
                  "ordered",
                  "promised",
                  "received",
                  "quantity",
                  "delivered",
                  "rejected"),
          "courses.csv", List.of("id", "period", "value"));

  @Parameters(
      arity = "0..1",
      paramLabel = "FOLDER",
      description = {
        "A folder of tables: suppliers.csv (supplier, between_failures, to_recover, variation),",
        "items.csv (item, stock, demand, margin, capacity), needs.csv (item, needs, quantity),",
        "sources.csv (item, supplier, most); where there are any, deliveries.csv (supplier,",
        "ordered, promised, received, quantity, delivered, rejected) and courses.csv (id, period,",
        "value). Without a folder: a simulated network."
      })
  @Nullable Path folder;

  @Mixin TableOptions tables = new TableOptions();

  String what() {
    return folder == null ? "a simulated network" : folder.toString();
  }

  /** A table that must be there, or nothing. */
  private Optional<Rows> rows(
      Millwright millwright, String name, boolean wanted, Consumer<String> say, String... texts) {
    Path file = java.util.Objects.requireNonNull(folder).resolve(name);
    if (!Files.exists(file)) {
      if (wanted) {
        throw new MillwrightException(
            ErrorCode.IO_FAILED,
            "there is no " + file + "\nMaybe another folder: it must hold " + name);
      }
      return Optional.empty();
    }
    Rows rows = new Rows(file, tables.readNumbers(millwright.tables(), file, say, texts).table());
    List<String> read = COLUMNS.getOrDefault(name, List.of());
    List<String> unread =
        rows.table.schema().names().stream().filter(c -> !read.contains(c)).toList();
    if (!unread.isEmpty()) {
      say.accept("Not read: the columns " + unread + " of " + file + ", which may have " + read);
    }
    return Optional.of(rows);
  }

  /** The cells of a table by the names of its columns. */
  private record Rows(Path file, Table table) {

    private int column(String name) {
      int at = table.schema().names().indexOf(name);
      if (at < 0) {
        throw new MillwrightException(
            ErrorCode.MISSING_COLUMN,
            file
                + " has the columns "
                + table.schema().names()
                + ", but none is named "
                + name
                + "\nMaybe rename one");
      }
      return at;
    }

    String text(int row, String name) {
      String text = table.label(row, column(name));
      if (text == null || text.isBlank()) {
        throw new MillwrightException(
            ErrorCode.MISSING_VALUE,
            file + ", row " + (row + 1) + ": " + name + " is empty\nMaybe leave the row out");
      }
      return text.strip();
    }

    /** A number, or the usual one where the column or the cell is missing. */
    double number(int row, String name, double usual) {
      int at = table.schema().names().indexOf(name);
      if (at < 0 && Double.isNaN(usual)) {
        column(name);
      }
      double value = at < 0 ? usual : table.number(row, at);
      return Double.isNaN(value) ? usual : value;
    }

    /** A date, in digits too, seconds since 1970, or a number, as days. */
    double time(int row, String name) {
      String text = table.label(row, column(name));
      if (text == null || text.isBlank()) {
        return Double.NaN;
      }
      if (DATE.matcher(text).matches()) {
        return Frequency.DAILY.number(text);
      }
      if (SECONDS.matcher(text).matches()) {
        return Double.parseDouble(text) / (text.length() > 10 ? 86_400_000 : 86_400);
      }
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException e) {
        return Frequency.DAILY.number(text);
      }
    }
  }

  SupplyNetwork network(Millwright millwright, Consumer<String> say) {
    if (folder == null) {
      return sample();
    }
    List<SupplyNetwork.Supplier> suppliers = new ArrayList<>();
    Rows who = rows(millwright, "suppliers.csv", true, say, "supplier").orElseThrow();
    who.column("between_failures");
    for (int r = 0; r < who.table.rows(); r++) {
      suppliers.add(
          new SupplyNetwork.Supplier(
              who.text(r, "supplier"),
              who.number(r, "between_failures", Double.POSITIVE_INFINITY),
              who.number(r, "to_recover", Double.NaN),
              who.number(r, "variation", 1)));
    }
    Map<String, Map<String, Double>> needs = new HashMap<>();
    rows(millwright, "needs.csv", false, say, "item", "needs")
        .ifPresent(
            rows -> {
              for (int r = 0; r < rows.table.rows(); r++) {
                Map<String, Double> own =
                    needs.computeIfAbsent(rows.text(r, "item"), k -> new LinkedHashMap<>());
                String part = rows.text(r, "needs");
                double quantity = rows.number(r, "quantity", 1);
                double sum = own.merge(part, quantity, Double::sum);
                if (sum != quantity) {
                  say.accept(
                      "Added up: "
                          + rows.text(r, "item")
                          + " needs "
                          + part
                          + " in several rows of needs.csv, "
                          + Figure.of(sum)
                          + " in all");
                }
              }
            });
    Map<String, List<SupplyNetwork.Source>> sources = new HashMap<>();
    Rows from = rows(millwright, "sources.csv", true, say, "item", "supplier").orElseThrow();
    for (int r = 0; r < from.table.rows(); r++) {
      sources
          .computeIfAbsent(from.text(r, "item"), k -> new ArrayList<>())
          .add(
              new SupplyNetwork.Source(
                  from.text(r, "supplier"), from.number(r, "most", Double.POSITIVE_INFINITY)));
    }
    List<SupplyNetwork.Item> items = new ArrayList<>();
    Rows all = rows(millwright, "items.csv", true, say, "item").orElseThrow();
    for (int r = 0; r < all.table.rows(); r++) {
      String name = all.text(r, "item");
      Map<String, Double> own = needs.remove(name);
      List<SupplyNetwork.Source> bought = sources.remove(name);
      items.add(
          new SupplyNetwork.Item(
              name,
              all.number(r, "stock", 0),
              all.number(r, "demand", 0),
              all.number(r, "margin", 1),
              all.number(r, "capacity", Double.POSITIVE_INFINITY),
              own == null ? Map.of() : own,
              bought == null ? List.of() : bought));
    }
    for (String left : needs.keySet()) {
      throw unknown(left, "needs.csv");
    }
    for (String left : sources.keySet()) {
      throw unknown(left, "sources.csv");
    }
    SupplyNetwork network = new SupplyNetwork(suppliers, items);
    say(network, say);
    return network;
  }

  /** What falls short without any failure, which would otherwise read as a risk. */
  private static void say(SupplyNetwork network, Consumer<String> say) {
    Map<String, Double> wanted = new HashMap<>();
    network.items().forEach(i -> want(network, i.name(), i.demand(), wanted));
    for (SupplyNetwork.Item item : network.items()) {
      double sources = item.sources().stream().mapToDouble(SupplyNetwork.Source::most).sum();
      double most = item.sources().isEmpty() ? item.capacity() : sources;
      double need = wanted.getOrDefault(item.name(), 0.0);
      if (most < need * (1 - 1e-9)) {
        say.accept(
            "Short without any failure: "
                + item.name()
                + ", of which demand takes "
                + Figure.of(need)
                + " a period, but "
                + Figure.of(most)
                + " can be "
                + (item.sources().isEmpty() ? "made" : "bought")
                + "; losses include it");
      }
    }
  }

  private static void want(
      SupplyNetwork network, String name, double pieces, Map<String, Double> wanted) {
    wanted.merge(name, pieces, Double::sum);
    for (SupplyNetwork.Item item : network.items()) {
      if (item.name().equals(name) && pieces > 0) {
        item.needs().forEach((part, each) -> want(network, part, each * pieces, wanted));
      }
    }
  }

  private MillwrightException unknown(String item, String file) {
    return new MillwrightException(
        ErrorCode.BAD_VALUE,
        file + " names the item " + item + ", which is not in items.csv\nMaybe add its row");
  }

  List<Delivery> deliveries(Millwright millwright, Consumer<String> say) {
    if (folder == null) {
      return sampleDeliveries();
    }
    List<Delivery> all = new ArrayList<>();
    rows(millwright, "deliveries.csv", false, say, "supplier", "ordered", "promised", "received")
        .ifPresent(
            rows -> {
              for (int r = 0; r < rows.table.rows(); r++) {
                all.add(delivery(rows, r));
              }
            });
    long others = all.size() - all.stream().distinct().count();
    if (others > 0) {
      say.accept(
          Texts.count(others, "row")
              + " of deliveries.csv repeat another in all columns, and count as deliveries of"
              + " their own\nMaybe take them out");
    }
    return all;
  }

  private static Delivery delivery(Rows rows, int r) {
    double quantity = rows.number(r, "quantity", 1);
    for (String time : List.of("ordered", "received")) {
      if (Double.isNaN(rows.time(r, time))) {
        throw new MillwrightException(
            ErrorCode.MISSING_VALUE,
            rows.file
                + ", row "
                + (r + 1)
                + ": "
                + time
                + " is empty\nMaybe leave orders out that have not come, or give today where they"
                + " are late already");
      }
    }
    try {
      return new Delivery(
          rows.text(r, "supplier"),
          rows.time(r, "ordered"),
          rows.time(r, "promised"),
          rows.time(r, "received"),
          quantity,
          rows.number(r, "delivered", quantity),
          rows.number(r, "rejected", 0));
    } catch (MillwrightException e) {
      throw new MillwrightException(
          e.code(),
          rows.file
              + ", row "
              + (r + 1)
              + ": "
              + String.valueOf(e.getMessage()).replace("[" + e.code() + "] ", ""),
          e);
    }
  }

  /** Records and suppliers that do not meet, such as names that are written otherwise. */
  static void say(SupplyNetwork network, List<Delivery> deliveries, Consumer<String> say) {
    if (deliveries.isEmpty()) {
      return;
    }
    Set<String> known = new TreeSet<>();
    network.suppliers().forEach(s -> known.add(s.name()));
    Set<String> recorded = new TreeSet<>();
    deliveries.forEach(d -> recorded.add(d.supplier()));
    Set<String> strange = new TreeSet<>(recorded);
    strange.removeAll(known);
    if (!strange.isEmpty()) {
      say.accept("Deliveries of " + strange + ", who are no suppliers of the network");
    }
    known.removeAll(recorded);
    if (!known.isEmpty()) {
      say.accept("No deliveries of " + known + ", so that they have no score");
    }
  }

  List<Series> courses(Millwright millwright, Consumer<String> say) {
    if (folder == null) {
      return sampleCourses();
    }
    return rows(millwright, "courses.csv", false, say, "id", "period")
        .map(
            r ->
                SeriesTables.ofLong(
                    r.table,
                    "id",
                    "period",
                    "value",
                    Optional.empty(),
                    what -> say.accept("Read: " + what)))
        .orElse(List.of());
  }

  /** Five suppliers, of which one feeds both products and has no second source. */
  private static SupplyNetwork sample() {
    return new SupplyNetwork(
        List.of(
            new SupplyNetwork.Supplier("Foundry North", 80, 5, 1),
            new SupplyNetwork.Supplier("Foundry South", 120, 4, 1),
            new SupplyNetwork.Supplier("Chips Ltd", 60, 8, 0.8),
            new SupplyNetwork.Supplier("Motors AG", 150, 6, 1),
            new SupplyNetwork.Supplier("Packaging", 40, 1, 0.5)),
        List.of(
            SupplyNetwork.Item.bought(
                "casting",
                120,
                new SupplyNetwork.Source("Foundry North", 60),
                new SupplyNetwork.Source("Foundry South", 50)),
            SupplyNetwork.Item.bought("controller", 90, new SupplyNetwork.Source("Chips Ltd", 60)),
            SupplyNetwork.Item.bought("motor", 100, new SupplyNetwork.Source("Motors AG", 45)),
            SupplyNetwork.Item.bought("box", 150, new SupplyNetwork.Source("Packaging", 90)),
            new SupplyNetwork.Item(
                "drive",
                20,
                0,
                0,
                50,
                Map.of("casting", 1.0, "motor", 1.0, "controller", 1.0),
                List.of()),
            SupplyNetwork.Item.product(
                "pump", 30, 25, 180, Map.of("drive", 1.0, "casting", 1.0, "box", 1.0)),
            SupplyNetwork.Item.product("fan", 20, 15, 90, Map.of("drive", 1.0, "box", 1.0))));
  }

  private static List<Delivery> sampleDeliveries() {
    List<Delivery> all = new ArrayList<>();
    String[] names = {"Foundry North", "Foundry South", "Chips Ltd", "Motors AG", "Packaging"};
    int[] counts = {60, 40, 25, 3, 90};
    double[] late = {0.1, 0.05, 0.3, 0.1, 0.02};
    Random random = new Random(5);
    for (int j = 0; j < names.length; j++) {
      for (int i = 0; i < counts[j]; i++) {
        double lead = (10 + 5 * j) * Math.exp(0.15 * random.nextGaussian());
        boolean isLate = random.nextDouble() < late[j];
        double bad = random.nextDouble() < 0.08 ? 5 : 0;
        all.add(
            new Delivery(
                names[j], 7 * i, 7 * i + (isLate ? 0.8 : 1.3) * lead, 7 * i + lead, 100, 100, bad));
      }
    }
    return all;
  }

  private static List<Series> sampleCourses() {
    Random random = new Random(8);
    double[] lead = new double[52];
    double[] price = new double[52];
    for (int t = 0; t < 52; t++) {
      lead[t] = (t < 38 ? 20 : 31) * Math.exp(0.08 * random.nextGaussian());
      price[t] = 4.2 * Math.exp(0.015 * random.nextGaussian()) * (t == 21 ? 1.25 : 1);
    }
    return List.of(
        Series.of("Chips Ltd, lead time", Frequency.WEEKLY, "2025-W01", lead),
        Series.of("casting, price", Frequency.WEEKLY, "2025-W01", price));
  }
}
