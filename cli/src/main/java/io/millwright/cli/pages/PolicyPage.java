package io.millwright.cli.pages;

import io.millwright.api.plan.MachineWindow;
import io.millwright.cli.kit.Figure;
import io.millwright.maintenance.PolicyCost;
import io.millwright.maintenance.PolicyKind;
import io.millwright.maintenance.PolicyPlan;
import io.millwright.maintenance.PolicyPoint;
import io.millwright.maintenance.PolicyProblem;
import io.millwright.reports.Chart;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import io.millwright.reports.Scale;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A page about maintenance policies: what they cost, their cost curves and the calendar. */
public final class PolicyPage {

  private PolicyPage() {}

  /** A kind of policy in words. */
  public static String words(PolicyKind kind) {
    return switch (kind) {
      case RUN_TO_FAILURE -> "run to failure";
      case AGE -> "age";
      case BLOCK -> "block";
      case CONDITION -> "condition-based";
      case PREDICTIVE -> "predictive";
    };
  }

  /** Writes it. */
  public static void write(Path file, String data, PolicyProblem problem, PolicyPlan plan) {
    PolicyCost best = plan.best();
    PolicyCost worst = plan.compared().get(plan.compared().size() - 1);
    Page page =
        new Page("Maintenance policy")
            .heading(data + ", " + problem.machines().size() + " machines");
    page.numbers(
        List.of(
            List.of(words(best.policy().kind()), "the cheapest policy"),
            List.of(Figure.of(best.cost(), 4), "cost of a unit of time"),
            List.of(
                String.format(Locale.ROOT, "%.2f %%", 100 * best.run().downtime().mean()),
                "of time machines stand"),
            List.of(
                String.format(Locale.ROOT, "%.0f %%", 100 * (1 - best.cost() / worst.cost())),
                "less than " + words(worst.policy().kind()))));
    page.section("Policies beside each other");
    List<List<String>> rows = new ArrayList<>();
    for (PolicyCost c : plan.compared()) {
      rows.add(
          List.of(
              words(c.policy().kind()),
              Figure.of(c.cost(), 5),
              c.exact().isPresent() ? "exact" : Figure.of(c.run().cost().halfWidth(0.95), 2),
              String.format(Locale.ROOT, "%.2f", 100 * c.run().downtime().mean()),
              Figure.of(c.run().failures().mean(), 3),
              Figure.of(c.run().planned().mean(), 3),
              Integer.toString(c.policy().stock()),
              c.policy().joining() == 1 ? "" : Figure.of(c.policy().joining(), 2)));
    }
    page.table(
        List.of("policy", "cost", "+-", "downtime, %", "failures", "planned", "stock", "joining"),
        rows,
        Pages.none(rows.size()));
    page.text(
        "Cost, failures and planned work are those of all machines in a unit of time;"
            + " +- is half of the 95 % interval over "
            + problem.replications()
            + " replications that all policies share.");
    for (PolicyCost c : plan.compared()) {
      curve(page, c, plan.curve());
    }
    calendar(page, plan.windows());
    Pages.write(file, page.html(Pages.FOOTER));
  }

  private static void curve(Page page, PolicyCost cost, List<PolicyPoint> all) {
    PolicyKind kind = cost.policy().kind();
    List<PolicyPoint> points =
        all.stream()
            .filter(p -> p.kind() == kind && Double.isFinite(p.limit()))
            .sorted(Comparator.comparingDouble(PolicyPoint::limit))
            .toList();
    if (points.size() < 4 || points.get(0).limit() == points.get(points.size() - 1).limit()) {
      return;
    }
    String first = cost.policy().limits().keySet().iterator().next();
    double most = points.stream().mapToDouble(PolicyPoint::cost).max().orElse(1);
    page.section("Cost curve: " + words(kind))
        .text(
            "What was tried. Where several points stand above each other, stock, joining or the"
                + " limits of other machines differ.");
    Chart chart =
        new Chart(
            860,
            240,
            new Scale(
                points.get(0).limit() * 0.95,
                points.get(points.size() - 1).limit() * 1.05,
                true,
                "limit of " + first),
            Scale.fromZero(most * 1.08, "cost"),
            "Cost by limit of the policy " + words(kind));
    if (points.stream().allMatch(p -> p.halfWidth() == 0)) {
      chart.line(
          "course",
          points.stream().mapToDouble(PolicyPoint::limit).toArray(),
          points.stream().mapToDouble(PolicyPoint::cost).toArray());
    } else {
      for (PolicyPoint p : points) {
        chart.dot("predicted", p.limit(), p.cost(), 3, Figure.of(p.cost(), 5));
      }
    }
    page.chart(chart);
  }

  private static void calendar(Page page, List<MachineWindow> windows) {
    page.section("Calendar of windows");
    if (windows.isEmpty()) {
      page.text("No planned work is due within the planning span.");
      return;
    }
    int left = 150;
    int row = 26;
    long end = windows.stream().mapToLong(MachineWindow::deadline).max().orElse(1);
    double scale = (860.0 - left - 10) / Math.max(1, end);
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox='0 0 860 %d' role='img' aria-label='Calendar of windows'>%n",
            windows.size() * row + 24));
    for (int i = 0; i < windows.size(); i++) {
      MachineWindow w = windows.get(i);
      bar(svg, "interval", left + w.earliest() * scale, (w.deadline() - w.earliest()) * scale, i);
      bar(svg, "predicted", left + (w.due() - w.duration()) * scale, w.duration() * scale, i);
      svg.append(
          String.format(
              Locale.ROOT,
              "<text class='note' x='0' y='%d'>%s</text>%n",
              i * row + 17,
              Page.escape(w.machine())));
    }
    svg.append(
        String.format(
            Locale.ROOT,
            "<text class='tick' x='%d' y='%d'>tick 0</text><text class='tick' x='850' y='%d'"
                + " text-anchor='end'>tick %d</text></svg>%n",
            left,
            windows.size() * row + 18,
            windows.size() * row + 18,
            end));
    page.drawing(svg.toString());
    page.key(
        List.of(
            List.of("<rect class='predicted' x='2' y='1' width='22' height='10'/>", "when due"),
            List.of(
                "<rect class='interval' x='2' y='1' width='22' height='10'/>",
                "where it may be moved; later than due at the price")));
    List<List<String>> rows = new ArrayList<>();
    for (MachineWindow w : windows) {
      rows.add(
          List.of(
              w.machine(),
              Long.toString(w.earliest()),
              Long.toString(w.due()),
              Long.toString(w.deadline()),
              Long.toString(w.duration()),
              Figure.of(w.price(), 3)));
    }
    page.table(
        List.of("machine", "earliest", "due", "deadline", "ticks", "price of a later tick"),
        rows,
        Pages.none(rows.size()));
  }

  private static void bar(StringBuilder svg, String style, double x, double width, int row) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect class='%s' x='%.1f' y='%d' width='%.1f' height='16'/>%n",
            style,
            x,
            row * 26 + 4,
            Math.max(1.5, width)));
  }
}
