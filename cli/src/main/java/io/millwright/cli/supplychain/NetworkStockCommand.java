package io.millwright.cli.supplychain;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Table;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.kit.TableOptions;
import io.millwright.cli.kit.Texts;
import io.millwright.cli.pages.NetworkStockPage;
import io.millwright.supplychain.Demand;
import io.millwright.supplychain.StockNetworks;
import io.millwright.supplychain.SupplyChain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Places stock in a network. */
@Command(
    name = "network-stock",
    sortOptions = false,
    description = {
      "Says where in a network of sites stock belongs, and how much.",
      "By default under guaranteed service: each site promises within how long it serves, and"
          + " holds",
      "the safety stock that the promise asks for (Graves and Willems 2000); exact on trees, and"
          + " on",
      "other networks where few sites are reached by several ways, else with a bound. With",
      "--shortage, rows are the stages of one serial chain, the one that meets demand first, under",
      "stochastic service (Clark and Scarf 1960), or with a column feeds the parts of an assembly",
      "(Rosling 1989). With --warehouse, rows are the retailers that a warehouse serves (Graves",
      "1985); with a column supplier, rows are the sites of a distribution tree of any depth."
    },
    footer = {
      "",
      "Examples:",
      "  millwright supplychain network-stock sites.csv --html network.html",
      "  millwright supplychain network-stock stages.csv --shortage 40 --demand 5 --json",
      "  millwright supplychain network-stock stages.csv --shortage 40 --demand 5 --deviation 2",
      "  millwright supplychain network-stock retailers.csv --warehouse 0.5,2",
      "  millwright supplychain network-stock tree.csv"
    })
final class NetworkStockCommand extends DeskCommand {

  /** With it, sites are a tree. */
  private static final String SUPPLIER = "supplier";

  @Parameters(
      index = "0",
      paramLabel = "CSV",
      description = {
        "Sites with the columns site, suppliers (names of sites, with ; between), holding (cost of",
        "a unit), processing (time, whole), and where wanted inbound, outbound (times), deviation",
        "(of outside demand), bound (how many deviations, else 1.645). With --shortage: stages"
            + " with",
        "the columns stage, holding (the echelon's), lead_time, and for an assembly feeds (the",
        "stage it becomes part of, empty for the product). With --warehouse: retailers with the",
        "columns retailer, demand (Poisson, per unit of time), holding, shortage, lead_time. A"
            + " tree:",
        "site, supplier (empty for the root), holding, lead_time, demand (of its own customers),",
        "shortage (cost of a unit owed to them) or fill (share met at once, such as 0.95), and",
        "where wanted level: what is held today, for comparison."
      })
  Path file = Path.of("");

  @Mixin TableOptions tables = new TableOptions();

  @Option(
      names = "--shortage",
      paramLabel = "COST",
      description = "A serial chain: the cost of a unit owed to customers, per unit of time.")
  @Nullable Double shortage;

  @Option(
      names = "--demand",
      paramLabel = "MEAN",
      description = "The mean demand of a serial chain per unit of time.")
  @Nullable Double demand;

  @Option(
      names = "--deviation",
      paramLabel = "SD",
      description = "Its standard deviation: normal demand. Default: Poisson demand.")
  @Nullable Double deviation;

  @Option(
      names = "--warehouse",
      paramLabel = "HOLDING,TIME",
      split = ",",
      description = {
        "A warehouse that serves retailers: the cost of a unit in it per unit of time, and how"
            + " long",
        "its own orders take."
      })
  @Nullable List<Double> warehouse;

  @Option(
      names = {"--html", "--report"},
      paramLabel = "FILE",
      description = "Write a page.")
  @Nullable Path html;

  NetworkStockCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) {
    if ((shortage == null) != (demand == null) || (deviation != null && demand == null)) {
      throw misused("a serial chain needs --shortage and --demand\nMaybe leave both out");
    }
    if (warehouse != null && (shortage != null || warehouse.size() != 2)) {
      throw misused(
          "--warehouse takes two numbers, and no --shortage\nMaybe write --warehouse 0.5,2 and give"
              + " each retailer's cost of shortage in its row");
    }
    StockNetworks networks = millwright.plugin(SupplyChain.class).networks();
    Table table = table(millwright);
    Reply reply = new Reply(name());
    if (warehouse != null) {
      return shared(reply, networks, table, warehouse.get(0), warehouse.get(1));
    }
    if (shortage == null && table.schema().names().contains(SUPPLIER)) {
      return new TreeReply(file, table, reply).of(networks, html);
    }
    return shortage == null
        ? guaranteed(reply, networks, table)
        : serial(reply, networks, table, shortage, java.util.Objects.requireNonNull(demand));
  }

  /** Names are texts whatever they look like, and suppliers may be missing in all rows. */
  private Table table(Millwright millwright) {
    String first = warehouse != null ? "retailer" : shortage == null ? "site" : "stage";
    for (String linking : shortage == null ? List.of(SUPPLIER, "suppliers") : List.of("feeds")) {
      try {
        return tables.readNumbers(millwright.tables(), file, this::say, first, linking).table();
      } catch (MillwrightException e) {
        if (!e.code().equals(ErrorCode.MISSING_COLUMN)) {
          throw e;
        }
      }
    }
    return tables.readNumbers(millwright.tables(), file, this::say, first).table();
  }

  private Reply guaranteed(Reply reply, StockNetworks networks, Table table) {
    need(table, "site", "holding", "processing");
    List<StockNetworks.Site> sites = new ArrayList<>();
    boolean linked = table.schema().names().contains("suppliers");
    for (int i = 0; i < table.rows(); i++) {
      String suppliers =
          linked ? table.label(i, table.schema().names().indexOf("suppliers")) : null;
      sites.add(
          new StockNetworks.Site(
              name(table, "site", i),
              suppliers == null || suppliers.isBlank()
                  ? List.of()
                  : Arrays.stream(suppliers.split("[;|]")).map(String::trim).toList(),
              cell(table, i, "holding", Double.NaN),
              whole(table, i, "processing", Double.NaN),
              whole(table, i, "inbound", 0),
              whole(table, i, "outbound", 0),
              cell(table, i, "deviation", 0),
              cell(table, i, "bound", 1.645)));
    }
    for (int i = 0; i < sites.size(); i++) {
      if (sites.get(i).deviation() < 0) {
        throw wrong(
            i,
            "deviation",
            sites.get(i).deviation(),
            "but must be 0 or more\nMaybe leave it empty for a site without outside demand");
      }
    }
    if (sites.stream().noneMatch(site -> site.deviation() > 0)) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          file
              + " has no site with a deviation of outside demand, so that nothing has to be held"
              + "\nMaybe give the sites that serve customers one in the column deviation");
    }
    StockNetworks.Guarantees answer = networks.guaranteed(sites);
    reply.line("Data", file + ", " + Texts.count(sites.size(), "site"));
    reply.line("Cost", Figure.of(answer.cost()) + " per unit of time for safety stock");
    reply.put("cost", answer.cost()).put("bound", answer.bound());
    if (answer.bound() < answer.cost()) {
      reply.line(
          "Bound", Figure.of(answer.bound()) + ": too many ways between sites to try all promises");
    }
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < sites.size(); i++) {
      reply.line(
          String.format(
              "  %-20s serves within %s, safety stock %s",
              sites.get(i).name(), answer.times().get(i), Figure.of(answer.stocks().get(i))));
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("site", sites.get(i).name());
      row.put("serviceTime", answer.times().get(i));
      row.put("safetyStock", answer.stocks().get(i));
      rows.add(row);
    }
    reply.put("sites", rows);
    if (html != null) {
      NetworkStockPage.guaranteed(file.toString(), sites, answer).writeTo(html);
      reply.line("Report", html.toString()).put("report", html);
    }
    return reply;
  }

  private MillwrightException wrong(int row, String column, double value, String must) {
    return new MillwrightException(
        ErrorCode.BAD_VALUE,
        file + " row " + (row + 1) + ": " + column + " is " + value + ", " + must);
  }

  private double positive(Table table, int row, String column) {
    double value = cell(table, row, column, Double.NaN);
    if (!(value > 0)) {
      throw wrong(row, column, value, "but must be above 0\nMaybe leave a row without it out");
    }
    return value;
  }

  private Reply serial(Reply reply, StockNetworks networks, Table table, double owed, double mean) {
    need(table, "stage", "holding", "lead_time");
    List<StockNetworks.Stage> stages = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < table.rows(); i++) {
      names.add(name(table, "stage", i));
      stages.add(
          new StockNetworks.Stage(positive(table, i, "holding"), positive(table, i, "lead_time")));
    }
    Demand asked =
        deviation == null ? new Demand.Poisson(mean) : new Demand.Normal(mean, deviation);
    StockNetworks.Echelons answer =
        table.schema().names().contains("feeds")
            ? networks.assembly(parts(table, names, stages), asked, owed)
            : networks.serial(stages, asked, owed);
    reply.line("Data", file + ", " + Texts.count(stages.size(), "stage"));
    reply.line("Cost", Figure.of(answer.cost()) + " per unit of time, goods on their way left out");
    reply.put("cost", answer.cost());
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      reply.line(
          String.format(
              "  %-20s echelon base stock %s", names.get(i), Figure.of(answer.levels().get(i))));
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("stage", names.get(i));
      row.put("echelonBaseStock", answer.levels().get(i));
      rows.add(row);
    }
    reply.put("stages", rows);
    if (html != null) {
      NetworkStockPage.serial(file.toString(), names, stages, answer).writeTo(html);
      reply.line("Report", html.toString()).put("report", html);
    }
    return reply;
  }

  private static List<StockNetworks.Component> parts(
      Table table, List<String> names, List<StockNetworks.Stage> stages) {
    List<StockNetworks.Component> parts = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String feeds = table.label(i, table.schema().names().indexOf("feeds"));
      parts.add(
          new StockNetworks.Component(
              names.get(i),
              feeds == null ? "" : feeds.strip(),
              stages.get(i).holding(),
              stages.get(i).leadTime()));
    }
    return parts;
  }

  private Reply shared(
      Reply reply, StockNetworks networks, Table table, double holding, double leadTime) {
    need(table, "retailer", "demand", "holding", "shortage", "lead_time");
    List<StockNetworks.Retailer> retailers = new ArrayList<>();
    for (int i = 0; i < table.rows(); i++) {
      retailers.add(
          new StockNetworks.Retailer(
              name(table, "retailer", i),
              positive(table, i, "demand"),
              positive(table, i, "holding"),
              positive(table, i, "shortage"),
              cell(table, i, "lead_time", Double.NaN)));
    }
    StockNetworks.Shared answer = networks.distribution(holding, leadTime, retailers);
    reply.line("Data", file + ", a warehouse and " + Texts.count(retailers.size(), "retailer"));
    reply.line("Cost", Figure.of(answer.cost()) + " per unit of time");
    reply.put("cost", answer.cost()).put("warehouse", answer.central());
    reply.line(String.format("  %-20s base stock %s", "warehouse", Figure.of(answer.central())));
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < retailers.size(); i++) {
      reply.line(
          String.format(
              java.util.Locale.ROOT,
              "  %-20s base stock %s, %.1f %% met at once",
              retailers.get(i).name(),
              Figure.of(answer.levels().get(i)),
              100 * answer.fills().get(i)));
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("retailer", retailers.get(i).name());
      row.put("baseStock", answer.levels().get(i));
      row.put("fillRate", answer.fills().get(i));
      rows.add(row);
    }
    reply.put("retailers", rows);
    if (html != null) {
      NetworkStockPage.shared(file.toString(), retailers, answer).writeTo(html);
      reply.line("Report", html.toString()).put("report", html);
    }
    return reply;
  }

  private void need(Table table, String... columns) {
    List<String> names = table.schema().names();
    for (String column : columns) {
      if (!names.contains(column)) {
        throw new MillwrightException(
            ErrorCode.MISSING_COLUMN,
            file + " has no column " + column + "; it has " + names + "\nMaybe rename one");
      }
    }
    if (table.rows() == 0) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA, file + " has no rows\nMaybe another file: each site is a row");
    }
  }

  private static String name(Table table, String column, int row) {
    String name = table.label(row, table.schema().names().indexOf(column));
    return name == null ? "row " + (row + 1) : name;
  }

  private int whole(Table table, int row, String column, double otherwise) {
    double value = cell(table, row, column, otherwise);
    if (value != Math.rint(value) || Math.abs(value) > 1e6) {
      throw wrong(
          row,
          column,
          value,
          "but must be a whole number of units of time\nMaybe use a finer unit");
    }
    return (int) value;
  }

  private double cell(Table table, int row, String column, double otherwise) {
    return NumberCells.of(file, table, row, column, otherwise, "write 0");
  }
}
