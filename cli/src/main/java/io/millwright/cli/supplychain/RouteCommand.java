package io.millwright.cli.supplychain;

import io.millwright.api.Budget;
import io.millwright.api.Millwright;
import io.millwright.api.Solution;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.kit.SearchOptions;
import io.millwright.cli.kit.Texts;
import io.millwright.cli.pages.RouteReport;
import io.millwright.supplychain.Recourse;
import io.millwright.supplychain.RouteOptimizer;
import io.millwright.supplychain.RoutePlan;
import io.millwright.supplychain.RoutingProblem;
import io.millwright.supplychain.StopReason;
import io.millwright.supplychain.SupplyChain;
import io.millwright.supplychain.Travel;
import io.millwright.supplychain.VehicleRoute;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Plans the routes of a fleet. */
@Command(
    name = "route",
    sortOptions = false,
    description = {
      "Plans routes that visit all stops at least cost, within capacities, windows and hours.",
      "Ctrl-C ends the search with the best plan so far."
    },
    footer = {
      "",
      "Examples:",
      "  millwright supplychain route stops.csv --capacity 200 --time 10s --html routes.html",
      "  millwright supplychain route X-n204-k19.vrp --iterations 200000 --json",
      "  millwright supplychain route R101.txt --explain 5"
    })
final class RouteCommand extends DeskCommand {

  @Mixin RouteSource source = new RouteSource();

  @Mixin SearchOptions search = new SearchOptions();

  @Option(
      names = "--explain",
      paramLabel = "N",
      defaultValue = "0",
      description = "Say of the N dearest stops what they cost, and who else could visit them.")
  int explain;

  @Option(
      names = {"--html", "--report"},
      paramLabel = "FILE",
      description = "Write a page with the map.")
  @Nullable Path html;

  RouteCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public boolean stopsEarly() {
    return true;
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    Budget budget = search.budget();
    RoutingProblem problem = source.problem(millwright, this::say);
    RouteOptimizer optimizer = millwright.plugin(SupplyChain.class).routing().key(search.key);
    Solution<RoutePlan> solution = await(optimizer.optimize(problem, budget));
    RoutePlan plan = solution.orElseThrow();
    Reply reply = new Reply(name());
    reply.line("Data", source.file + ", " + Texts.count(problem.stops().size(), "stop"));
    problem.travel().detour().ifPresent(d -> note(reply, problem, d));
    reply.line(
        "Plan",
        "cost "
            + Figure.of(plan.cost())
            + ", distance "
            + Figure.of(plan.distance())
            + ", "
            + Texts.count(plan.routes().size(), "vehicle")
            + ", found by "
            + solution.objective().foundBy());
    reply.put("stops", problem.stops().size()).put("cost", plan.cost());
    reply.put("distance", plan.distance()).put("vehicles", plan.routes().size());
    Recourse recourse = Recourse.of(problem);
    boolean uncertain = problem.stops().stream().anyMatch(s -> s.uncertain().isPresent());
    for (VehicleRoute route : plan.routes()) {
      Recourse.Returns returns = recourse.of(route);
      reply.line(
          route.name()
              + ": "
              + String.join(" ", route.stops())
              + " (distance "
              + Figure.of(route.distance())
              + (uncertain
                  ? ", must return for more in "
                      + Figure.of(100 * returns.probability())
                      + " % of the cases, which is expected to cost "
                      + Figure.of(returns.cost())
                  : "")
              + ")");
    }
    reply.put("routes", plan.routes().stream().map(r -> document(r, recourse, uncertain)).toList());
    if (!plan.leftOut().isEmpty()) {
      reply.line("Left out", String.join(" ", plan.leftOut()));
    }
    reply.put("leftOut", plan.leftOut());
    List<StopReason> reasons = explain > 0 ? optimizer.explain(problem, plan) : List.of();
    List<StopReason> dearest = reasons.subList(0, Math.min(explain, reasons.size()));
    dearest.forEach(r -> reply.line(text(r)));
    if (explain > 0) {
      reply.put("reasons", dearest.stream().map(RouteCommand::document).toList());
    }
    if (html != null) {
      new RouteReport(source.file.toString(), problem, plan, optimizer.explain(problem, plan))
          .writeTo(html);
      reply.line("Report", html.toString()).put("report", html);
    }
    return reply;
  }

  /** Distances that cannot be those of shortest ways are taken as they are, but told. */
  private static void note(Reply reply, RoutingProblem problem, Travel.Detour d) {
    reply.line(
        "Note",
        "the distance from "
            + place(problem, d.from())
            + " to "
            + place(problem, d.to())
            + " is "
            + Figure.of(d.direct())
            + ", but by way of "
            + place(problem, d.by())
            + " it is "
            + Figure.of(d.around())
            + "; distances are taken as they are given");
    Map<String, Object> longer = new LinkedHashMap<>();
    longer.put("from", place(problem, d.from()));
    longer.put("to", place(problem, d.to()));
    longer.put("by", place(problem, d.by()));
    longer.put("distance", d.direct());
    longer.put("around", d.around());
    reply.put("longerThanAround", longer);
  }

  private static String place(RoutingProblem problem, int location) {
    return problem.stops().stream()
        .filter(s -> s.location() == location)
        .map(s -> "stop " + s.id())
        .findFirst()
        .orElse("the depot");
  }

  private static String text(StopReason r) {
    if (Double.isInfinite(r.cost())) {
      return "stop " + r.stop() + " is left out: no vehicle can visit it as things stand";
    }
    String first =
        r.vehicle().isEmpty()
            ? "stop " + r.stop() + " is left out: a visit would cost " + Figure.of(r.cost())
            : "stop "
                + r.stop()
                + " costs "
                + Figure.of(r.cost())
                + " with "
                + r.vehicle()
                + " (detour "
                + Figure.of(r.detour())
                + ")";
    return first
        + (r.other().isEmpty()
            ? "; no other vehicle can take it over as things stand"
            : "; with "
                + r.other()
                + " the plan would cost "
                + Figure.of(Math.abs(r.otherCost().orElse(0)))
                + (r.otherCost().orElse(0) < 0 ? " less" : " more"));
  }

  private static Map<String, Object> document(
      VehicleRoute route, Recourse recourse, boolean uncertain) {
    Map<String, Object> d = new LinkedHashMap<>();
    d.put("vehicle", route.name());
    d.put("departure", route.departure());
    d.put("arrival", route.arrival());
    d.put("distance", route.distance());
    if (uncertain) {
      Recourse.Returns returns = recourse.of(route);
      d.put("returnProbability", returns.probability());
      d.put("expectedReturns", returns.number());
      d.put("expectedReturnCost", returns.cost());
    }
    d.put(
        "visits",
        route.visits().stream()
            .map(
                v -> {
                  Map<String, Object> visit = new LinkedHashMap<>();
                  visit.put("stop", v.stop());
                  visit.put("arrival", v.arrival());
                  visit.put("begin", v.begin());
                  visit.put("departure", v.departure());
                  return visit;
                })
            .toList());
    return d;
  }

  private static Map<String, Object> document(StopReason r) {
    Map<String, Object> d = new LinkedHashMap<>();
    d.put("stop", r.stop());
    d.put("vehicle", r.vehicle());
    if (Double.isFinite(r.cost())) {
      d.put("cost", r.cost());
      d.put("detour", r.detour());
    }
    d.put("other", r.other());
    r.otherCost().ifPresent(c -> d.put("otherCost", c));
    return d;
  }
}
