package io.millwright.cli.pages;

import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.Shown;
import io.millwright.cli.kit.Texts;
import io.millwright.reports.Chart;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import io.millwright.reports.Scale;
import io.millwright.supplychain.StockItem;
import io.millwright.supplychain.StockPlan;
import io.millwright.supplychain.StockRun;
import io.millwright.supplychain.StockTerms;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A page about stock: what the rules would have done on the history, article by article. Immutable;
 * {@link #html} gives the same page for the same content.
 *
 * @param data where the demand comes from
 * @param item lead time, costs and service
 * @param periods how many periods were played
 * @param shown the articles, of which the first are drawn
 */
public record StockReport(String data, StockItem item, int periods, List<Shown> shown) {

  private static final int MOST_CHARTS = 24;

  /**
   * One article.
   *
   * @param id its name
   * @param plan what to do now
   * @param run what would have happened
   */
  public record Shown(String id, StockPlan plan, StockRun run) {}

  /** Copies. */
  public StockReport {
    shown = List.copyOf(shown);
  }

  /**
   * Writes the page.
   *
   * @param file where to; replaced when it exists
   * @throws io.millwright.api.MillwrightException when it cannot be written
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
    double demand = 0;
    double missing = 0;
    double stock = 0;
    double cost = 0;
    for (Shown one : shown) {
      demand += one.run.periods().stream().mapToDouble(StockRun.Period::demand).sum();
      missing += one.run.periods().stream().mapToDouble(StockRun.Period::missing).sum();
      stock += one.run.meanStock();
      cost += one.run.cost();
    }
    Page page =
        new Page("Stock")
            .heading(
                data
                    + ", "
                    + Texts.count(shown.size(), "article")
                    + ", last "
                    + Texts.count(periods, "period")
                    + " played");
    page.numbers(
        List.of(
            List.of(
                String.format(
                    Locale.ROOT, "%.1f %%", demand > 0 ? 100 * (1 - missing / demand) : 100),
                "of demand was met at once while the last periods were played"),
            List.of(Figure.of(stock), "mean stock of all articles"),
            List.of(Figure.of(cost), "cost of a period")));
    page.section("Rules");
    List<List<String>> facts = new ArrayList<>();
    facts.add(List.of("lead time", leadTime()));
    facts.add(
        List.of(
            "costs",
            Figure.of(item.costs().holding())
                + " a unit left, "
                + Figure.of(item.costs().shortage())
                + " a unit missing, "
                + Figure.of(item.costs().order())
                + " an order"));
    facts.add(
        List.of(
            "service",
            item.terms().cycle().isPresent()
                ? Figure.of(100 * item.terms().cycle().getAsDouble())
                    + " % of times between two orders without a shortage"
                : item.terms().ready().isPresent()
                    ? Figure.of(100 * item.terms().ready().getAsDouble())
                        + " % of periods end with stock left"
                    : item.fillRate().isPresent()
                        ? Figure.of(100 * item.fillRate().getAsDouble())
                            + " % of demand met at once"
                        : Figure.of(100 * item.costs().criticalRatio())
                            + " % of periods, from the costs"));
    facts.add(List.of("unmet demand", item.lost() ? "is lost" : "is owed"));
    terms(facts);
    page.facts(facts);
    page.section("Articles");
    page.key(
        List.of(
            List.of("<rect class='interval' x='9' width='8' height='12'/>", "demand"),
            List.of("<path class='course' d='M0 6H26'/>", "stock at the end of a period"),
            List.of("<path class='true-course' d='M0 6H26'/>", "order up to"),
            List.of("<circle class='truth' cx='13' cy='6' r='3'/>", "missing")));
    for (Shown one : shown.subList(0, Math.min(MOST_CHARTS, shown.size()))) {
      page.text(
          one.id
              + String.format(
                  Locale.ROOT,
                  ": %.1f %% met, %s; now order at %s up to %s",
                  100 * one.run.fillRate(),
                  Texts.count(one.run.orders(), "order"),
                  Figure.of(one.plan.reorderPoint()),
                  Figure.of(one.plan.orderUpTo())));
      page.chart(course(one));
    }
    page.section("All articles");
    List<List<String>> rows = new ArrayList<>();
    for (Shown one : shown) {
      rows.add(
          List.of(
              one.id,
              Figure.of(one.plan.reorderPoint()),
              Figure.of(one.plan.orderUpTo()),
              String.format(Locale.ROOT, "%.1f %%", 100 * one.plan.fillRate()),
              String.format(Locale.ROOT, "%.1f %%", 100 * one.run.fillRate()),
              Figure.of(one.run.meanStock()),
              Figure.of(one.run.cost())));
    }
    page.table(
        List.of(
            "article", "order at", "up to", "fill expected", "fill played", "mean stock", "cost"),
        rows,
        Pages.none(rows.size()));
    return page.html(
        "Played with forecasts that had not seen these periods; every period's plan is made from"
            + " what was known then.");
  }

  private String leadTime() {
    if (item.terms().leadTimes().isEmpty()) {
      return Texts.count(item.leadTime(), "period");
    }
    List<String> all = new ArrayList<>();
    for (int k = 0; k < item.terms().leadTimes().size(); k++) {
      double p = item.terms().leadTimes().get(k);
      if (p > 0) {
        all.add(Figure.of(100 * p) + " %: " + Texts.count(k, "period"));
      }
    }
    return String.join(", ", all);
  }

  private void terms(List<List<String>> facts) {
    StockTerms terms = item.terms();
    if (terms.every() > 1) {
      facts.add(List.of("orders", "every " + Texts.count(terms.every(), "period")));
    }
    if (terms.minimum() > 0) {
      facts.add(List.of("least order", Figure.of(terms.minimum())));
    }
    if (terms.multiple() > 0) {
      facts.add(List.of("containers of", Figure.of(terms.multiple())));
    }
    if (terms.shelfLife() > 0) {
      facts.add(
          List.of(
              "shelf life",
              Texts.count(terms.shelfLife(), "period")
                  + ", a unit thrown away costs "
                  + Figure.of(terms.waste())));
    }
  }

  private static Chart course(Shown one) {
    List<StockRun.Period> periods = one.run.periods();
    int n = periods.size();
    double[] at = new double[n];
    double[] stock = new double[n];
    double[] level = new double[n];
    double top = 1;
    for (int i = 0; i < n; i++) {
      StockRun.Period p = periods.get(i);
      at[i] = i + 1;
      stock[i] = p.stock();
      level[i] = p.plan().orderUpTo();
      top = Math.max(top, Math.max(Math.max(stock[i], level[i]), p.demand()));
    }
    Chart chart =
        new Chart(
            860,
            200,
            new Scale(0, n + 1, false, "period"),
            Scale.fromZero(top, "units"),
            "Stock of " + one.id);
    chart.named(
        tick ->
            tick >= 1 && tick <= n && tick == Math.rint(tick)
                ? periods.get((int) tick - 1).label()
                : "");
    for (int i = 0; i < n; i++) {
      chart.bar("interval", i + 1, 0, periods.get(i).demand());
    }
    chart.line("true-course", at, level).line("course", at, stock);
    for (int i = 0; i < n; i++) {
      StockRun.Period p = periods.get(i);
      if (p.missing() > 0) {
        chart.dot(
            "truth", i + 1, p.missing(), 3, p.label() + ": " + Figure.of(p.missing()) + " missing");
      }
    }
    return chart;
  }
}
