package io.millwright.cli.supplychain;

import io.millwright.api.Budget;
import io.millwright.api.Millwright;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.kit.SearchOptions;
import io.millwright.cli.kit.Texts;
import io.millwright.cli.pages.TransportPage;
import io.millwright.supplychain.SupplyChain;
import io.millwright.supplychain.TransportPlan;
import io.millwright.supplychain.TransportProblem;
import io.millwright.supplychain.VehicleRoute;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Plans transport over days. */
@Command(
    name = "transport",
    sortOptions = false,
    description = {
      "Plans over days who is visited when, with how many pieces, and the routes of each day.",
      "Sites never run out; routes and holding together cost as little as the search finds. Ctrl-C",
      "ends it with the best plan so far."
    },
    footer = {
      "",
      "Examples:",
      "  millwright supplychain transport sites.csv --days 7 --capacity 120 --vehicles 2"
          + " --html transport.html",
      "  millwright supplychain transport sites.csv --capacity 120 --iterations 2000 --json",
      "  millwright supplychain transport sites.csv --capacity 120 --out plan.csv",
      "  millwright supplychain transport sites.csv --capacity 120 --draft plan.csv --keep 2"
          + " --change 15"
    })
final class TransportCommand extends DeskCommand {

  @Mixin TransportSource source = new TransportSource();

  @Mixin SearchOptions search = new SearchOptions();

  @Option(
      names = {"--html", "--report"},
      paramLabel = "FILE",
      description = "Write a page with the days and the stocks.")
  @Nullable Path html;

  TransportCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public boolean stopsEarly() {
    return true;
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    Budget budget = search.budget();
    TransportProblem problem = source.problem(millwright, this::say);
    TransportPlan plan =
        await(
            millwright
                .plugin(SupplyChain.class)
                .routing()
                .key(search.key)
                .transport(problem, budget));
    Reply reply = new Reply(name());
    reply.line(
        "Data",
        source.file
            + ", "
            + Texts.count(problem.sites().size(), "site")
            + ", "
            + Texts.count(problem.days(), "day"));
    reply.line(
        "Plan",
        "cost "
            + Figure.of(plan.cost())
            + " (routes "
            + Figure.of(plan.routeCost())
            + ", holding "
            + Figure.of(plan.holdingCost())
            + "); no plan costs less than "
            + Figure.of(plan.bound())
            + (plan.cost() > 0
                ? String.format(
                    Locale.ROOT, " (gap at most %.0f %%)", 100 * (1 - plan.bound() / plan.cost()))
                : ""));
    reply.put("sites", problem.sites().size()).put("cost", plan.cost());
    reply.put("routeCost", plan.routeCost()).put("holdingCost", plan.holdingCost());
    reply.put("bound", plan.bound());
    List<Map<String, Object>> days = new ArrayList<>();
    for (int d = 0; d < plan.days().size(); d++) {
      TransportPlan.Day day = plan.days().get(d);
      if (day.routes().routes().isEmpty()) {
        reply.line("day " + (d + 1) + ": nobody is visited");
      }
      for (VehicleRoute route : day.routes().routes()) {
        reply.line(
            "day "
                + (d + 1)
                + ", "
                + route.name()
                + ": "
                + String.join(
                    ", ",
                    route.stops().stream()
                        .map(s -> s + " " + Figure.of(day.delivered().getOrDefault(s, 0.0)))
                        .toList())
                + " (distance "
                + Figure.of(route.distance())
                + ")");
      }
      days.add(document(d + 1, day));
    }
    reply.put("days", days);
    if (problem.draft().isPresent()) {
      int changed = problem.draft().get().changed(plan);
      reply.line("Draft", Texts.count(changed, "visit") + " changed").put("changed", changed);
    }
    if (source.draft.out != null) {
      source.draft.write(plan);
      reply.line("Written", source.draft.out.toString()).put("out", source.draft.out);
    }
    if (html != null) {
      new TransportPage(source.file.toString(), problem, plan).writeTo(html);
      reply.line("Report", html.toString()).put("report", html);
    }
    return reply;
  }

  private static Map<String, Object> document(int number, TransportPlan.Day day) {
    Map<String, Object> d = new LinkedHashMap<>();
    d.put("day", number);
    d.put("cost", day.routes().cost());
    d.put(
        "routes",
        day.routes().routes().stream()
            .map(r -> Map.of("vehicle", r.name(), "stops", r.stops(), "distance", r.distance()))
            .toList());
    d.put("delivered", day.delivered());
    d.put("stock", day.stock());
    return d;
  }
}
