package io.millwright.cli.pages;

import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.Texts;
import io.millwright.reports.Chart;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import io.millwright.reports.Scale;
import io.millwright.supplychain.StockNetworks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A page about stock in a network: how much each site holds, and what it promises.
 *
 * @param heading what was looked at
 * @param cost what it costs, with its unit in words
 * @param stocks the stock of each row
 * @param head the heads of the table
 * @param rows the table; the first cell of a row is its name
 */
public record NetworkStockPage(
    String heading,
    List<String> cost,
    List<Double> stocks,
    List<String> head,
    List<List<String>> rows) {

  /** Copies. */
  public NetworkStockPage {
    cost = List.copyOf(cost);
    stocks = List.copyOf(stocks);
    head = List.copyOf(head);
    rows = List.copyOf(rows);
  }

  /** Sites under guaranteed service. */
  public static NetworkStockPage guaranteed(
      String data, List<StockNetworks.Site> sites, StockNetworks.Guarantees answer) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < sites.size(); i++) {
      StockNetworks.Site site = sites.get(i);
      rows.add(
          List.of(
              site.name(),
              String.join(", ", site.suppliers()),
              Integer.toString(site.processing()),
              Integer.toString(answer.times().get(i)),
              Figure.of(answer.stocks().get(i)),
              Figure.of(answer.stocks().get(i) * site.holding())));
    }
    return new NetworkStockPage(
        data + ", " + Texts.count(sites.size(), "site"),
        List.of(Figure.of(answer.cost()), "cost of safety stock per unit of time"),
        answer.stocks(),
        List.of("site", "suppliers", "processing", "serves within", "safety stock", "cost"),
        rows);
  }

  /** Stages of a serial chain. */
  public static NetworkStockPage serial(
      String data,
      List<String> names,
      List<StockNetworks.Stage> stages,
      StockNetworks.Echelons answer) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      rows.add(
          List.of(
              names.get(i),
              Figure.of(stages.get(i).holding()),
              Figure.of(stages.get(i).leadTime()),
              Figure.of(answer.levels().get(i))));
    }
    return new NetworkStockPage(
        data + ", " + Texts.count(names.size(), "stage"),
        List.of(Figure.of(answer.cost()), "expected cost per unit of time"),
        answer.levels(),
        List.of("stage", "echelon holding cost", "lead time", "echelon base stock"),
        rows);
  }

  /** A warehouse and its retailers. */
  public static NetworkStockPage shared(
      String data, List<StockNetworks.Retailer> retailers, StockNetworks.Shared answer) {
    List<List<String>> rows = new ArrayList<>();
    List<Double> stocks = new ArrayList<>();
    rows.add(List.of("warehouse", "", "", Figure.of(answer.central()), ""));
    stocks.add(answer.central());
    for (int i = 0; i < retailers.size(); i++) {
      rows.add(
          List.of(
              retailers.get(i).name(),
              Figure.of(retailers.get(i).demand()),
              Figure.of(retailers.get(i).leadTime()),
              Figure.of(answer.levels().get(i)),
              Figure.of(100 * answer.fills().get(i)) + " %"));
      stocks.add(answer.levels().get(i));
    }
    return new NetworkStockPage(
        data + ", " + Texts.count(retailers.size(), "retailer"),
        List.of(Figure.of(answer.cost()), "expected cost per unit of time"),
        stocks,
        List.of("site", "demand", "lead time", "base stock", "met at once"),
        rows);
  }

  /** A distribution tree. */
  public static NetworkStockPage tree(
      String data, List<StockNetworks.Branch> sites, StockNetworks.BaseStocks answer) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < sites.size(); i++) {
      StockNetworks.Branch site = sites.get(i);
      rows.add(
          List.of(
              site.name(),
              site.supplier(),
              Figure.of(site.demand()),
              Figure.of(site.leadTime()),
              Figure.of(answer.levels().get(i)),
              Figure.of(100 * answer.fills().get(i)) + " %"));
    }
    return new NetworkStockPage(
        data + ", a tree of " + Texts.count(sites.size(), "site"),
        List.of(Figure.of(answer.cost()), "expected cost per unit of time"),
        answer.levels(),
        List.of("site", "supplier", "demand", "lead time", "base stock", "met at once"),
        rows);
  }

  /**
   * Writes the page.
   *
   * @param file where to; replaced when it exists
   */
  public void writeTo(Path file) {
    Pages.write(file, html());
  }

  /**
   * The page.
   *
   * @return HTML that is well-formed XML too
   */
  public String html() {
    Page page = new Page("Stock in a network").heading(heading);
    page.numbers(List.of(cost));
    page.section("Where stock belongs");
    int n = rows.size();
    double most = stocks.stream().mapToDouble(Double::doubleValue).max().orElse(1);
    Chart chart =
        new Chart(
            860,
            240,
            new Scale(-0.5, n - 0.5, false, ""),
            Scale.fromZero(Math.max(1e-9, most), "stock"),
            "Stock of each row of the table");
    chart.named(
        t -> {
          int at = (int) Math.rint(t);
          return Math.abs(t - at) < 1e-9 && at >= 0 && at < n ? rows.get(at).get(0) : "";
        });
    for (int i = 0; i < n; i++) {
      chart.bar("predicted", i, 0, stocks.get(i));
    }
    page.chart(chart);
    page.table(head, rows, Pages.none(n));
    return page.html(
        "Guaranteed service is exact on trees; chains and assemblies on their grid of demand; distribution for Poisson demand.");
  }
}
