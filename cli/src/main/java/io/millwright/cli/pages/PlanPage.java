package io.millwright.cli.pages;

import io.millwright.api.Solution;
import io.millwright.cli.kit.Figure;
import io.millwright.production.ProductionPlan;
import io.millwright.reports.Chart;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import io.millwright.reports.Scale;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A page about a master plan. */
public final class PlanPage {

  private static final int MOST_CENTRES = 8;

  private PlanPage() {}

  /** Writes it. */
  public static void write(
      Path file, String data, ProductionPlan plan, Solution.End end, double bound) {
    Page page = new Page("Master plan").heading(data);
    page.numbers(
        List.of(
            List.of(Figure.of(plan.cost(), 7), "cost"),
            List.of(
                end == Solution.End.OPTIMAL ? "proven" : Figure.of(bound, 7),
                end == Solution.End.OPTIMAL ? "no cheaper plan exists" : "no plan costs less"),
            List.of(Integer.toString(plan.lots().size()), "lots")));
    Set<String> centres = new LinkedHashSet<>();
    plan.loads().forEach(l -> centres.add(l.resource()));
    for (String centre : centres.stream().limit(MOST_CENTRES).toList()) {
      List<ProductionPlan.Load> loads =
          plan.loads().stream().filter(l -> l.resource().equals(centre)).toList();
      double top =
          loads.stream().mapToDouble(l -> Math.max(l.used(), l.capacity())).max().orElse(1);
      Chart chart =
          new Chart(
              860,
              180,
              new Scale(0, loads.size() + 1.0, false, "period"),
              Scale.fromZero(top, "time"),
              "Load of " + centre);
      double[] x = new double[loads.size()];
      double[] y = new double[loads.size()];
      for (int t = 0; t < loads.size(); t++) {
        x[t] = t + 1.0;
        y[t] = loads.get(t).capacity();
        chart.bar("interval", t + 1.0, 0, loads.get(t).used());
      }
      chart.line("control", x, y);
      page.section("Load of " + centre);
      page.chart(chart);
    }
    page.section("Cost");
    page.table(
        List.of("kind", "cost"),
        plan.costs().stream().map(c -> List.of(c.kind(), Figure.of(c.value(), 7))).toList(),
        Pages.none(plan.costs().size()));
    page.section("Lots");
    List<List<String>> rows = new ArrayList<>();
    for (ProductionPlan.Lot l : plan.lots().stream().limit(600).toList()) {
      rows.add(
          List.of(
              l.item(),
              l.resource(),
              Integer.toString(l.period() + 1),
              Figure.of(l.quantity()),
              l.setup() ? "" : "carried over"));
    }
    page.table(
        List.of("item", "work centre", "period", "quantity", "set-up"),
        rows,
        Pages.none(rows.size()));
    Pages.write(file, page.html(Pages.FOOTER));
  }
}
