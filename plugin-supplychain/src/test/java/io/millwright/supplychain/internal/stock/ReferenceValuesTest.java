package io.millwright.supplychain.internal.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millwright.supplychain.Demand;
import io.millwright.supplychain.StockCosts;
import io.millwright.supplychain.StockModels;
import io.millwright.supplychain.StockNetworks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rows of the reference values whose models are built here, read from the data folder. */
class ReferenceValuesTest {

  private static final double TOLERANCE = 1e-4; // percent: 1e-6 relative

  private static Path folder = Path.of("");
  private static final Map<String, List<String>> ROWS = new HashMap<>();
  private final StockModels models = new DefaultStockModels();

  @BeforeAll
  static void read() throws IOException {
    String data = System.getenv("MILLWRIGHT_DATA");
    assumeTrue(data != null, "MILLWRIGHT_DATA is not set");
    folder = Path.of(data, "inventory");
    for (String line : Files.readAllLines(folder.resolve("reference_values.csv"))) {
      List<String> cells = new ArrayList<>();
      Matcher cell = Pattern.compile("(?:\"([^\"]*)\"|([^,]*))(?:,|$)").matcher(line);
      while (cell.find() && cells.size() < 6) {
        cells.add(cell.group(1) != null ? cell.group(1) : cell.group(2));
      }
      ROWS.put(cells.get(0) + " " + cells.get(1), cells);
    }
  }

  private static Map<String, List<Double>> instance(String name) throws IOException {
    String json = Files.readString(folder.resolve("instances/" + name + ".json"));
    Map<String, List<Double>> data = new HashMap<>();
    Matcher field =
        Pattern.compile("\"(\\w+)\"\\s*:\\s*(\\[[^\\]]*\\]|-?[0-9.eE+-]+)").matcher(json);
    while (field.find()) {
      data.put(
          field.group(1),
          Arrays.stream(field.group(2).replaceAll("[\\[\\]\\s]", "").split(",", -1))
              .map(Double::valueOf)
              .toList());
    }
    return data;
  }

  private static double one(Map<String, List<Double>> data, String name) {
    return data.get(name).get(0);
  }

  private static StockCosts costs(Map<String, List<Double>> data) {
    return new StockCosts(
        one(data, "holding_cost"),
        data.containsKey("stockout_cost") ? one(data, "stockout_cost") : 1,
        data.containsKey("fixed_cost") ? one(data, "fixed_cost") : 0);
  }

  private static double value(String row) {
    return Double.parseDouble(ROWS.get(row).get(4));
  }

  private static double cost(String row) {
    return Double.parseDouble(ROWS.get(row).get(5));
  }

  private static void close(StockModels.Lot lot, String row) {
    assertThat(lot.quantity()).as(row).isCloseTo(value(row), withinPercentage(TOLERANCE));
    assertThat(lot.cost()).as(row).isCloseTo(cost(row), withinPercentage(TOLERANCE));
  }

  @Test
  void lotsForSteadyDemand() throws IOException {
    Map<String, List<Double>> data = instance("example_3_1");
    close(models.economicOrder(one(data, "demand_rate"), costs(data), false), "example_3_1 EOQ");
    data = instance("example_3_8");
    StockModels.Lot owed = models.economicOrder(one(data, "demand_rate"), costs(data), true);
    String row = "example_3_8 EOQ with backorders";
    assertThat(owed.quantity())
        .isCloseTo(
            Double.parseDouble(ROWS.get(row).get(4).split(";", -1)[0]),
            withinPercentage(TOLERANCE));
    assertThat(owed.cost()).isCloseTo(cost(row), withinPercentage(TOLERANCE));
    data = instance("example_3_5");
    close(
        models.discounted(
            one(data, "demand_rate"),
            one(data, "fixed_cost"),
            one(data, "holding_cost_rate"),
            data.get("breakpoints"),
            data.get("unit_costs")),
        "example_3_5 EOQ all-units discount");
  }

  @Test
  void ordersForKnownDemand() throws IOException {
    Map<String, List<Double>> data = instance("example_3_9");
    StockModels.Lots lots = models.lots(data.get("demand"), costs(data));
    assertThat(lots.orders()).containsExactly(210.0, 0.0, 150.0, 0.0);
    assertThat(lots.cost()).isEqualTo(cost("example_3_9 Wagner-Whitin"));
  }

  @Test
  void baseStocks() throws IOException {
    Map<String, List<Double>> data = instance("example_4_3");
    Demand normal = new Demand.Normal(one(data, "demand_mean"), one(data, "demand_sd"));
    close(models.baseStock(normal, 0, costs(data)), "example_4_3 newsvendor normal");
    data = instance("example_4_4");
    close(
        models.baseStock(normal, (int) one(data, "lead_time"), costs(data)),
        "example_4_4 base stock with lead time");
    data = instance("example_4_7");
    close(
        models.baseStock(new Demand.Poisson(one(data, "demand_mean")), 0, costs(data)),
        "example_4_7 newsvendor Poisson (no fixed cost)");
  }

  @Test
  void twoLevels() throws IOException {
    Map<String, List<Double>> data = instance("example_4_7");
    StockModels.Levels exact =
        models.reorder(new Demand.Poisson(one(data, "demand_mean")), costs(data));
    assertThat(exact.low()).isEqualTo(4);
    assertThat(exact.high()).isEqualTo(10);
    assertThat(exact.cost())
        .isCloseTo(cost("example_4_7 (s,S) Poisson with fixed cost"), withinPercentage(TOLERANCE));
    data = instance("example_4_8");
    StockModels.Levels power =
        models.reorder(
            new Demand.Normal(one(data, "demand_mean"), one(data, "demand_sd")), costs(data));
    assertThat(power.low()).isCloseTo(40.194616956474071, withinPercentage(TOLERANCE));
    assertThat(power.high()).isCloseTo(74.290170109805786, withinPercentage(TOLERANCE));
  }

  @Test
  void reorderPoints() throws IOException {
    Map<String, List<Double>> data = instance("example_5_1");
    StockModels.Levels normal =
        models.reorderPoint(
            new Demand.Normal(one(data, "demand_mean"), one(data, "demand_sd")),
            one(data, "lead_time"),
            costs(data));
    assertThat(normal.low()).isCloseTo(126.8670642878315, within(1e-3));
    assertThat(normal.high() - normal.low()).isCloseTo(328.4491413581765, within(1e-3));
    assertThat(normal.cost()).isCloseTo(cost("example_5_1 (r,Q) normal"), within(5e-5));
    data = instance("example_5_8");
    StockModels.Levels poisson =
        models.reorderPoint(
            new Demand.Poisson(one(data, "demand_mean")), one(data, "lead_time"), costs(data));
    assertThat(poisson.low()).isEqualTo(3);
    assertThat(poisson.high()).isEqualTo(8);
    assertThat(poisson.cost())
        .isCloseTo(cost("example_5_8 (r,Q) Poisson"), withinPercentage(TOLERANCE));
  }

  @Test
  void unreliableSuppliersAndUncertainYield() throws IOException {
    Map<String, List<Double>> data = instance("example_9_1");
    close(
        models.disruptedOrder(
            one(data, "demand_rate"),
            costs(data),
            one(data, "disruption_rate"),
            one(data, "recovery_rate")),
        "example_9_1 EOQ with disruptions");
    data = instance("example_9_3");
    close(
        models.disruptedBaseStock(
            one(data, "demand"),
            costs(data),
            one(data, "disruption_prob"),
            one(data, "recovery_prob")),
        "example_9_3 base stock with disruptions");
    data = instance("example_9_4");
    close(
        models.yieldAdded(
            one(data, "demand_rate"), costs(data), one(data, "yield_mean"), one(data, "yield_sd")),
        "example_9_4 EOQ additive yield");
    data = instance("example_9_5");
    close(
        models.yieldMultiplied(
            one(data, "demand_rate"), costs(data), one(data, "yield_mean"), one(data, "yield_sd")),
        "example_9_5 EOQ multiplicative yield");
    data = instance("example_9_6");
    double demand = one(data, "demand");
    close(
        models.baseStock(
            new Demand.Uniform(demand - one(data, "yield_hi"), demand - one(data, "yield_lo")),
            0,
            costs(data)),
        "example_9_6 newsvendor additive yield");
  }

  @Test
  void jointOrders() throws IOException {
    for (String name : List.of("silver_jrp", "spp_jrp")) {
      Map<String, List<Double>> data = instance(name);
      List<StockModels.JointItem> items = new ArrayList<>();
      for (int i = 0; i < data.get("demand_rates").size(); i++) {
        items.add(
            new StockModels.JointItem(
                data.get("demand_rates").get(i),
                data.get("holding_costs").get(i),
                data.get("individual_fixed_costs").get(i)));
      }
      StockModels.JointLots lots = models.joint(one(data, "shared_fixed_cost"), items);
      close(new StockModels.Lot(lots.cycle(), lots.cost()), name + " joint replenishment");
    }
  }

  @Test
  void echelons() {
    StockNetworks networks = Stock.networks();
    // The instances' stages and sites, from the book and from Shang and Song (2003).
    StockNetworks.Echelons book =
        networks.serial(
            List.of(
                new StockNetworks.Stage(3, 1),
                new StockNetworks.Stage(2, 1),
                new StockNetworks.Stage(2, 2)),
            new Demand.Normal(5, 1),
            37.12);
    assertThat(book.cost())
        .isCloseTo(cost("example_6_1 serial stochastic service"), withinPercentage(0.5));
    StockNetworks.Stage quarter = new StockNetworks.Stage(0.25, 0.25);
    List<StockNetworks.Stage> four = List.of(quarter, quarter, quarter, quarter);
    assertThat(networks.serial(four, new Demand.Poisson(16), 9).cost())
        .isCloseTo(cost("shang_song_1 serial stochastic service"), withinPercentage(1));
    assertThat(networks.serial(four, new Demand.Poisson(16), 99).cost())
        .isCloseTo(cost("shang_song_17 serial stochastic service"), withinPercentage(1));
    List<StockNetworks.Site> tree =
        List.of(
            new StockNetworks.Site("1", List.of(), 1, 2, 1, 0, 0, 1),
            new StockNetworks.Site("3", List.of("1"), 2, 1, 0, 0, 0, 1),
            new StockNetworks.Site("2", List.of("3"), 3, 1, 0, 0, 1, 1),
            new StockNetworks.Site("4", List.of("3"), 3, 1, 0, 1, 1, 1));
    assertThat(networks.guaranteed(tree).cost())
        .isCloseTo(cost("example_6_5 guaranteed service, tree"), withinPercentage(TOLERANCE));
  }
}
