package io.millwright.scheduling;

import java.util.Locale;

/** The chances of each order as a part of the report. */
final class GanttChances {
  private GanttChances() {}

  private static final int BAR = 120;

  /** How many buffers are listed. */
  private static final int MOST = 30;

  static void write(StringBuilder out, RobustPlan robust) {
    Promises now = robust.promises();
    Promises means = robust.meansPromises();
    boolean other = robust.tried() > 0;
    out.append("<h2>Chances of the orders</h2>\n<p>");
    out.append(now.replications()).append(" simulations of the plan with uncertain times. ");
    if (now.broken() > 0) {
      out.append(percent(now.broken()));
      out.append(" of them broke a deadline or another condition. ");
    }
    out.append("</p>\n");
    if (other) {
      comparison(out, robust);
    }
    out.append(
        "<table><tr><th>order</th><th>due</th><th>planned end</th><th>on time</th><th></th>");
    out.append(other ? "<th>by the plan of means</th>" : "");
    out.append("<th>end, 50 %</th><th>90 % promise</th></tr>\n");
    for (Promise p : now.orders()) {
      double chance = p.onTime().orElse(Double.NaN);
      out.append("<tr><td>").append(GanttSvg.escape(p.job())).append("</td><td>");
      out.append(p.due().isPresent() ? Long.toString(p.due().getAsLong()) : "").append("</td><td>");
      out.append(p.planned()).append("</td><td").append(chance < 0.5 ? " class=\"late\">" : ">");
      out.append(p.onTime().isPresent() ? percent(chance) : "").append("</td><td>");
      if (p.onTime().isPresent()) {
        bar(out, chance);
      }
      out.append("</td>");
      if (other) {
        out.append("<td>");
        means.of(p.job()).onTime().ifPresent(c -> out.append(percent(c)));
        out.append("</td>");
      }
      out.append("<td>").append(tick(p.by(50))).append("</td><td>").append(tick(p.by(90)));
      out.append("</td></tr>\n");
    }
    out.append("</table>\n");
  }

  private static void comparison(StringBuilder out, RobustPlan robust) {
    out.append("<table><tr><th></th><th>expected objective</th><th>90 % quantile</th></tr>\n");
    row(out, "plan of means", robust.meansPromises());
    row(out, robust.buffers().isEmpty() ? "this plan, the same" : "this plan", robust.promises());
    out.append("</table>\n<p>");
    if (robust.buffers().isEmpty()) {
      out.append("No buffer pays: of ").append(robust.tried());
      out.append(" plans none is better than the plan of means beyond chance.</p>\n");
      return;
    }
    out.append("Buffers that pay: ");
    int shown = 0;
    for (RobustPlan.Buffer b : robust.buffers()) {
      if (shown++ < MOST) {
        out.append(shown == 1 ? "" : ", ");
        out.append(GanttSvg.escape(describe(b)));
      }
    }
    out.append(shown > MOST ? ", and " + (shown - MOST) + " more.</p>\n" : ".</p>\n");
  }

  static String describe(RobustPlan.Buffer b) {
    return b.kind() == RobustPlan.Kind.MACHINE
        ? String.format(Locale.ROOT, "machine %s × %.2f", b.name(), b.amount())
        : String.format(Locale.ROOT, "order %s %.0f earlier", b.name(), b.amount());
  }

  private static void row(StringBuilder out, String name, Promises of) {
    out.append("<tr><td>").append(name).append("</td><td>");
    out.append(GanttPage.number(of.expected())).append(" ± ");
    out.append(GanttPage.number(of.halfWidth())).append("</td><td>");
    out.append(GanttPage.number(of.percentiles().get(89))).append("</td></tr>\n");
  }

  private static void bar(StringBuilder out, double chance) {
    out.append("<svg width=\"").append(BAR).append("\" height=\"12\"><rect width=\"").append(BAR);
    out.append("\" height=\"12\" fill=\"#e8e8e8\"/><rect width=\"");
    out.append(Math.round(BAR * chance)).append("\" height=\"12\" fill=\"");
    out.append(chance < 0.5 ? "#b00020" : "#1f5fbf").append("\"/></svg>");
  }

  private static String tick(long at) {
    return at == Long.MAX_VALUE ? "never" : Long.toString(at);
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
