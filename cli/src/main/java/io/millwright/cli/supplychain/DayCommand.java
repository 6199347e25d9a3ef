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
import io.millwright.cli.pages.DayPage;
import io.millwright.supplychain.DayPlan;
import io.millwright.supplychain.DayRules;
import io.millwright.supplychain.RoutingProblem;
import io.millwright.supplychain.StopVisit;
import io.millwright.supplychain.SupplyChain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Plans a day on the road with traffic, breaks and trips. */
@Command(
    name = "day",
    sortOptions = false,
    description = {
      "Plans a day on the road with traffic by the hour, breaks of drivers and several trips.",
      "Times are numbers on one axis, such as minutes after midnight, and travel times are those"
          + " of",
      "free roads. Ctrl-C ends the search with the best day so far."
    },
    footer = {
      "",
      "Examples:",
      "  millwright supplychain day stops.csv --capacity 40 --shift 420,1020 --traffic 420-540=1.5",
      "  millwright supplychain day stops.csv --vehicles 3 --shift 420,1020 --breaks 270,45"
          + " --trips 3,15 --html day.html"
    })
final class DayCommand extends DeskCommand {

  private static final Pattern SPAN = Pattern.compile("([0-9.]+)-([0-9.]+)=([0-9.]+)");

  @Mixin RouteSource source = new RouteSource();

  @Option(
      names = "--traffic",
      paramLabel = "FROM-TO=FACTOR",
      split = ",",
      description = "When ways take how much longer, such as 420-540=1.5.")
  List<String> traffic = List.of();

  @Option(
      names = "--breaks",
      paramLabel = "AFTER,LASTING",
      split = ",",
      description = "The longest time on duty without a break, and how long a break is.")
  @Nullable List<Double> breaks;

  @Option(
      names = "--trips",
      paramLabel = "MOST,RELOADING",
      split = ",",
      description = "How many trips a vehicle makes at most, and how long it loads between them.")
  @Nullable List<Double> trips;

  @Mixin SearchOptions search = new SearchOptions();

  @Option(
      names = {"--html", "--report"},
      paramLabel = "FILE",
      description = "Write a page with the clock and the map.")
  @Nullable Path html;

  DayCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public boolean stopsEarly() {
    return true;
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    Budget budget = search.budget();
    DayRules rules = rules();
    RoutingProblem problem = source.problem(millwright, this::say);
    DayPlan plan =
        await(
            millwright
                .plugin(SupplyChain.class)
                .routing()
                .key(search.key)
                .day(problem, rules, budget));
    Reply reply = new Reply(name());
    reply.line("Data", source.file + ", " + Texts.count(problem.stops().size(), "stop"));
    int count = plan.routes().stream().mapToInt(r -> r.trips().size()).sum();
    reply.line(
        "Day",
        "cost "
            + Figure.of(plan.cost())
            + ", distance "
            + Figure.of(plan.distance())
            + ", "
            + Texts.count(plan.routes().size(), "vehicle")
            + ", "
            + Texts.count(count, "trip"));
    reply.put("stops", problem.stops().size()).put("cost", plan.cost());
    reply.put("distance", plan.distance());
    List<Map<String, Object>> routes = new ArrayList<>();
    for (DayPlan.DayRoute route : plan.routes()) {
      say(reply, route);
      routes.add(document(route));
    }
    reply.put("routes", routes);
    if (!plan.leftOut().isEmpty()) {
      reply.line("Left out", String.join(" ", plan.leftOut()));
    }
    reply.put("leftOut", plan.leftOut());
    if (html != null) {
      new DayPage(source.file.toString(), problem, rules, plan).writeTo(html);
      reply.line("Report", html.toString()).put("report", html);
    }
    return reply;
  }

  private DayRules rules() {
    List<DayRules.Traffic> spans = new ArrayList<>();
    for (String span : traffic) {
      Matcher m = SPAN.matcher(span.trim());
      if (!m.matches()) {
        throw misused("--traffic is \"" + span + "\"\nMaybe 420-540=1.5");
      }
      spans.add(new DayRules.Traffic(number(m, 1), number(m, 2), number(m, 3)));
    }
    DayRules rules = DayRules.none().traffic(spans.toArray(DayRules.Traffic[]::new));
    if (breaks != null) {
      if (breaks.size() != 2) {
        throw misused("--breaks has " + breaks.size() + " figures, not 2\nMaybe 270,45");
      }
      rules = rules.breaks(breaks.get(0), breaks.get(1));
    }
    if (trips != null) {
      if (trips.size() > 2 || trips.get(0) != Math.rint(trips.get(0))) {
        throw misused("--trips is " + trips + "\nMaybe 3,15: three trips, 15 to load between");
      }
      rules = rules.trips((int) (double) trips.get(0), trips.size() > 1 ? trips.get(1) : 0);
    }
    return rules;
  }

  private double number(Matcher m, int group) {
    try {
      return Double.parseDouble(m.group(group));
    } catch (NumberFormatException e) {
      throw misused("--traffic is \"" + m.group() + "\"\nMaybe 420-540=1.5");
    }
  }

  private static void say(Reply reply, DayPlan.DayRoute route) {
    reply.line(
        route.vehicle()
            + " "
            + route.number()
            + ", "
            + Figure.of(route.departure())
            + " to "
            + Figure.of(route.arrival())
            + (route.breaks().isEmpty()
                ? ""
                : ", breaks at "
                    + String.join(
                        ", ", route.breaks().stream().map(b -> Figure.of(b.from())).toList())));
    for (DayPlan.Trip trip : route.trips()) {
      reply.line(
          "  "
              + Figure.of(trip.departure())
              + " to "
              + Figure.of(trip.arrival())
              + ": "
              + String.join(" ", trip.visits().stream().map(StopVisit::stop).toList()));
    }
  }

  private static Map<String, Object> document(DayPlan.DayRoute route) {
    Map<String, Object> d = new LinkedHashMap<>();
    d.put("vehicle", route.vehicle() + " " + route.number());
    d.put("departure", route.departure());
    d.put("arrival", route.arrival());
    d.put(
        "trips",
        route.trips().stream()
            .map(
                t ->
                    Map.of(
                        "departure", t.departure(),
                        "arrival", t.arrival(),
                        "distance", t.distance(),
                        "stops", t.visits().stream().map(StopVisit::stop).toList()))
            .toList());
    d.put(
        "breaks",
        route.breaks().stream().map(b -> Map.of("from", b.from(), "to", b.to())).toList());
    return d;
  }
}
