package io.millwright.cli.production;

import io.millwright.api.Budget;
import io.millwright.api.Finding;
import io.millwright.api.Millwright;
import io.millwright.api.Solution;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Documents;
import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.InputDocument;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.pages.PlanPage;
import io.millwright.production.MasterPlanner;
import io.millwright.production.PlanProblem;
import io.millwright.production.Production;
import io.millwright.production.ProductionPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a master plan. */
@Command(
    name = "plan-demand",
    sortOptions = false,
    description = {
      "Makes a master plan of lots, stocks, overtime and transport at least cost.",
      "Gives a proven bound, or says which demand cannot be met and what binds.",
      "Reads a JSON document, or a problem in Trigeiro's form."
    },
    footer = {
      "",
      "Examples:",
      "  millwright production plan-demand plan.json --html plan.html",
      "  millwright production plan-demand F1.dat --budget 10 --json"
    })
final class PlanDemandCommand extends DeskCommand {

  @Parameters(paramLabel = "FILE", description = "The problem.")
  Path file = Path.of("");

  @Option(
      names = "--budget",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "The longest time. Default: ${DEFAULT-VALUE}.")
  double budget;

  @Option(
      names = {"--html", "--report"},
      paramLabel = "FILE",
      description = "Write a page with loads and lots.")
  @Nullable Path html;

  PlanDemandCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public boolean stopsEarly() {
    return true;
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    if (!(budget > 0)) {
      throw misused("--budget is " + budget + ", but must be above 0");
    }
    PlanProblem problem =
        file.toString().toLowerCase(Locale.ROOT).endsWith(".json")
            ? problem(InputDocument.of(file, "docs/production.md"))
            : PlanProblem.parseTrigeiro(InputDocument.text(file));
    MasterPlanner planner = millwright.plugin(Production.class).planning();
    Solution<ProductionPlan> solution =
        await(planner.optimize(problem, Budget.of(Duration.ofMillis(Math.round(1000 * budget)))));
    Reply reply = new Reply(name());
    reply.line(
        "Problem",
        String.format(
            Locale.ROOT,
            "%s, %d items, %d work centres, %d periods",
            file,
            problem.items().size(),
            problem.resources().size(),
            problem.periods()));
    reply.put("end", solution.end());
    if (solution.value().isEmpty()) {
      return none(reply, solution, planner, problem);
    }
    ProductionPlan plan = solution.orElseThrow();
    double bound = solution.objective().bound().orElse(Double.NaN);
    reply.line(
        "Plan",
        String.format(
            Locale.ROOT,
            "cost %s, %s",
            Figure.of(plan.cost(), 8),
            solution.end() == Solution.End.OPTIMAL
                ? "proven optimal"
                : String.format(
                    Locale.ROOT,
                    "at least %s: at most %.2f %% above the best",
                    Figure.of(bound, 8),
                    100 * solution.objective().gap().orElse(Double.NaN))));
    Map<String, Object> costs = new LinkedHashMap<>();
    StringBuilder text = new StringBuilder();
    for (ProductionPlan.Cost c : plan.costs()) {
      costs.put(c.kind(), c.value());
      if (c.value() > 0) {
        text.append(text.length() == 0 ? "" : ", ").append(c.kind()).append(' ');
        text.append(Figure.of(c.value(), 6));
      }
    }
    reply.line("Cost", text.toString());
    plan.loads().stream()
        .filter(l -> l.used() > l.capacity() + l.overtime() - 1e-6 || l.overtime() > 0)
        .limit(10)
        .forEach(
            l ->
                reply.line(
                    "Full",
                    l.resource()
                        + " in period "
                        + (l.period() + 1)
                        + ": "
                        + Figure.of(l.used())
                        + " of "
                        + Figure.of(l.capacity())
                        + (l.overtime() > 0 ? ", overtime " + Figure.of(l.overtime()) : "")));
    List<Map<String, Object>> lots = new ArrayList<>();
    for (ProductionPlan.Lot l : plan.lots()) {
      Map<String, Object> lot = new LinkedHashMap<>();
      lot.put("item", l.item());
      lot.put("resource", l.resource());
      lot.put("period", l.period() + 1);
      lot.put("quantity", l.quantity());
      lot.put("setup", l.setup());
      lots.add(lot);
    }
    reply
        .put("cost", plan.cost())
        .put("bound", bound)
        .put("costs", costs)
        .put("lots", lots)
        .put(
            "moves",
            plan.moves().stream()
                .map(
                    m ->
                        Map.of(
                            "from",
                            m.from(),
                            "to",
                            m.to(),
                            "period",
                            m.period() + 1,
                            "quantity",
                            m.quantity()))
                .toList());
    if (html != null) {
      PlanPage.write(html, file.toString(), plan, solution.end(), bound);
      reply.line("Report", html.toString()).put("report", html);
    }
    return reply;
  }

  private static Reply none(
      Reply reply, Solution<ProductionPlan> solution, MasterPlanner planner, PlanProblem problem) {
    if (solution.end() != Solution.End.INFEASIBLE) {
      return reply.line("Plan", "none was found; maybe give it a larger --budget").failed();
    }
    List<Finding> missing = planner.missing(problem);
    reply.line("Plan", "there is none that keeps all limits");
    missing.stream()
        .limit(12)
        .forEach(
            f -> reply.line("Missing", f.place() + ": " + f.message() + ". Maybe " + f.remedy()));
    return reply.put("missing", missing.stream().map(Documents::of).toList()).failed();
  }

  /** The problem of a document. */
  static PlanProblem problem(InputDocument d) {
    int periods = d.whole("periods", 0);
    PlanProblem.Builder b = PlanProblem.builder(periods);
    for (InputDocument r : d.list("resources")) {
      b.resource(
          new PlanProblem.Resource(
              r.text("name"),
              r.numbers("capacity", periods),
              r.number("overtime", 0),
              r.number("overtimeCost", 0),
              r.yes("carryOver")));
      r.done();
    }
    for (InputDocument i : d.list("items")) {
      PlanProblem.Item item =
          PlanProblem.Item.of(i.text("name"), i.number("holding", 0), i.numbers("demand", periods))
              .stocked(i.number("stock", 0))
              .owing(i.number("backlog", 0))
              .bought(i.number("outsourcing", 0), i.number("outsourceLimit", 0));
      List<Double> quantile = i.numbers("demandQuantile", periods);
      double price = i.number("safetyPrice", 0);
      b.item(quantile.isEmpty() ? item : item.safe(quantile, price));
      i.done();
    }
    for (InputDocument o : d.list("operations")) {
      b.operation(
          new PlanProblem.Operation(
              o.text("item"),
              o.text("resource"),
              o.number("time"),
              o.number("setupTime", 0),
              o.number("setupCost", 0),
              o.text("family", "")));
      o.done();
    }
    for (InputDocument f : d.list("families")) {
      b.family(
          new PlanProblem.Family(
              f.text("name"),
              f.text("resource"),
              f.number("setupTime", 0),
              f.number("setupCost", 0)));
      f.done();
    }
    for (InputDocument c : d.list("components")) {
      b.component(
          new PlanProblem.Component(
              c.text("item"), c.text("component"), c.number("quantity"), c.whole("leadTime", 0)));
      c.done();
    }
    for (InputDocument l : d.list("lanes")) {
      b.lane(
          new PlanProblem.Lane(
              l.text("from"),
              l.text("to"),
              l.whole("leadTime", 0),
              l.number("cost", 0),
              l.number("limit", 1e12)));
      l.done();
    }
    List<PlanProblem.Earlier> earlier = new ArrayList<>();
    for (InputDocument e : d.list("earlier")) {
      earlier.add(
          new PlanProblem.Earlier(
              e.text("item"), e.text("resource"), e.whole("period", 1) - 1, e.number("quantity")));
      e.done();
    }
    b.earlier(earlier, d.whole("frozen", 0), d.number("changePrice", 0));
    d.done();
    return b.build();
  }
}
