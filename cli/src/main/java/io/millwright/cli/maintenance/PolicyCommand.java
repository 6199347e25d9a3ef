package io.millwright.cli.maintenance;

import io.millwright.api.Budget;
import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Solution;
import io.millwright.api.plan.LifeDistribution;
import io.millwright.api.plan.MachineWindow;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.InputDocument;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.pages.PolicyPage;
import io.millwright.maintenance.Life;
import io.millwright.maintenance.LifeLaw;
import io.millwright.maintenance.LifePlan;
import io.millwright.maintenance.Maintenance;
import io.millwright.maintenance.Pauses;
import io.millwright.maintenance.PolicyCost;
import io.millwright.maintenance.PolicyMachine;
import io.millwright.maintenance.PolicyPlan;
import io.millwright.maintenance.PolicyProblem;
import io.millwright.maintenance.Prognosis;
import io.millwright.maintenance.Reliability;
import io.millwright.maintenance.Spares;
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

/** Finds a maintenance policy. */
@Command(
    name = "policy",
    sortOptions = false,
    description = {
      "Finds the cheapest maintenance policy of a plant, and the windows that it asks for.",
      "Compares run to failure, age, block, condition-based and predictive policies."
    },
    footer = {
      "",
      "Examples:",
      "  millwright maintenance policy plant.json --html policy.html",
      "  millwright maintenance policy plant.json --budget 60 --json"
    })
final class PolicyCommand extends DeskCommand {

  private static final String GUIDE = "docs/maintenance.md";

  @Parameters(paramLabel = "FILE", description = "The plant: machines, laws of life, costs.")
  Path file = Path.of("");

  @Option(
      names = "--budget",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "The longest time for the search. Default: ${DEFAULT-VALUE}.")
  double budget;

  @Option(
      names = {"--html", "--report"},
      paramLabel = "FILE",
      description = "Write a page with cost curves and the calendar.")
  @Nullable Path html;

  PolicyCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public boolean stopsEarly() {
    return true;
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    if (!(budget > 0) || budget > 1e6) {
      throw misused("--budget is " + budget + ", but must be above 0");
    }
    Maintenance maintenance = millwright.plugin(Maintenance.class);
    PolicyProblem problem = problem(InputDocument.of(file, GUIDE), maintenance.reliability());
    Solution<PolicyPlan> solution =
        await(
            maintenance
                .policy()
                .optimize(problem, Budget.of(Duration.ofMillis(Math.round(1000 * budget)))));
    Reply reply = new Reply(name());
    reply.line("Plant", file + ", " + problem.machines().size() + " machines");
    reply.put("end", solution.end());
    if (solution.value().isEmpty()) {
      reply.line("Result", "no kind of policy fits the plant");
      return reply.failed();
    }
    PolicyPlan plan = solution.orElseThrow();
    List<Map<String, Object>> compared = new ArrayList<>();
    for (PolicyCost c : plan.compared()) {
      reply.line(
          PolicyPage.words(c.policy().kind()),
          String.format(
              Locale.ROOT,
              "cost %s%s, downtime %.2f %%, failures %s, planned %s a unit of time",
              Figure.of(c.cost(), 6),
              c.exact().isPresent()
                  ? " (exact)"
                  : " +- " + Figure.of(c.run().cost().halfWidth(0.95), 2),
              100 * c.run().downtime().mean(),
              Figure.of(c.run().failures().mean(), 3),
              Figure.of(c.run().planned().mean(), 3)));
      compared.add(document(c));
    }
    PolicyCost best = plan.best();
    best.policy()
        .limits()
        .forEach(
            (name, limit) ->
                reply.line(
                    "  "
                        + name
                        + (Double.isInfinite(limit)
                            ? ": never before it fails"
                            : ": limit " + Figure.of(limit, 5))));
    if (problem.spares().isPresent()) {
      reply.line("Stock", best.policy().stock() + " parts");
    }
    List<Map<String, Object>> windows = new ArrayList<>();
    for (MachineWindow w : plan.windows()) {
      reply.line(
          "Window",
          String.format(
              Locale.ROOT,
              "%s: %d ticks, from %d, due %d, deadline %d, price %s a tick",
              w.machine(),
              w.duration(),
              w.earliest(),
              w.due(),
              w.deadline(),
              Figure.of(w.price(), 3)));
      windows.add(document(w));
    }
    reply.put("best", best.policy().kind()).put("compared", compared).put("windows", windows);
    if (html != null) {
      PolicyPage.write(html, file.toString(), problem, plan);
      reply.line("Page", html.toString()).put("page", html);
    }
    return reply;
  }

  private static Map<String, Object> document(PolicyCost c) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("kind", c.policy().kind().toString());
    one.put("cost", c.cost());
    one.put("exact", c.exact().isPresent());
    one.put("halfWidth", c.run().cost().halfWidth(0.95));
    one.put("downtime", c.run().downtime().mean());
    one.put("failures", c.run().failures().mean());
    one.put("planned", c.run().planned().mean());
    one.put("joining", c.policy().joining());
    one.put("stock", c.policy().stock());
    Map<String, Object> limits = new LinkedHashMap<>();
    // A limit of infinity is "never": no number of JSON.
    c.policy().limits().forEach((k, v) -> limits.put(k, Double.isInfinite(v) ? "never" : v));
    one.put("limits", limits);
    return one;
  }

  private static Map<String, Object> document(MachineWindow w) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("id", w.id());
    one.put("machine", w.machine());
    one.put("earliest", w.earliest());
    one.put("due", w.due());
    one.put("deadline", w.deadline());
    one.put("duration", w.duration());
    one.put("price", w.price());
    return one;
  }

  private static PolicyProblem problem(InputDocument plant, Reliability reliability) {
    List<PolicyMachine> machines = new ArrayList<>();
    for (InputDocument m : plant.list("machines")) {
      machines.add(machine(m, reliability));
    }
    PolicyProblem.Builder problem =
        PolicyProblem.builder()
            .machines(machines)
            .horizon(plant.number("horizon"))
            .span(plant.number("span", 0))
            .tick(plant.number("tick", 1))
            .setup(plant.number("setup", 0))
            .crews(plant.whole("crews", 0))
            .replications(plant.whole("replications", 20))
            .key(plant.whole("key", 0));
    List<Double> spares = plant.numbers("spares", 3);
    if (!spares.isEmpty()) {
      many(spares, 3, "spares", "lead time, holding cost, most");
      problem.spares(new Spares(spares.get(0), spares.get(1), (int) Math.rint(spares.get(2))));
    }
    List<Double> pauses = plant.numbers("pauses", 3);
    if (!pauses.isEmpty()) {
      many(pauses, 3, "pauses", "period, from, to");
      problem.pauses(new Pauses(pauses.get(0), pauses.get(1), pauses.get(2)));
    }
    plant.done();
    return problem.build();
  }

  private static PolicyMachine machine(InputDocument m, Reliability reliability) {
    String name = m.text("name");
    PolicyMachine.Builder machine =
        PolicyMachine.builder()
            .name(name)
            .life(law(m, "life", name, reliability))
            .age(m.number("age", 0))
            .planned(m.number("planned"))
            .failure(m.number("failure"))
            .value(m.number("value", 0))
            .plannedTime(m.number("plannedTime", 0))
            .failureTime(m.number("failureTime", 0))
            .plannedRestoration(m.number("plannedRestoration", 1))
            .failureRestoration(m.number("failureRestoration", 1));
    List<Double> prognosis = m.numbers("prognosis", 3);
    if (!prognosis.isEmpty()) {
      many(prognosis, 3, "prognosis of " + name, "every, error, early life");
      machine.prognosis(new Prognosis(prognosis.get(0), prognosis.get(1), prognosis.get(2)));
    }
    List<InputDocument> remaining = m.list("remaining");
    if (!remaining.isEmpty()) {
      machine.remaining(law(remaining.get(0), "life", name, reliability));
      remaining.get(0).done();
    }
    m.done();
    return machine.build();
  }

  /** Scale and shape of a Weibull law, or lives to fit one to. */
  private static LifeDistribution law(
      InputDocument of, String field, String name, Reliability reliability) {
    List<Double> weibull = of.numbers(field, 2);
    List<Double> failed = of.numbers("failed", 1);
    List<Double> running = of.numbers("running", 1);
    if (!weibull.isEmpty() && !(failed.isEmpty() && running.isEmpty())) {
      throw new MillwrightException(
          ErrorCode.BAD_FILE,
          "machine "
              + name
              + " has a law of life in \""
              + field
              + "\", and lives in \"failed\" or \"running\", which would be passed over"
              + "\nMaybe leave one of them out");
    }
    if (!weibull.isEmpty()) {
      many(weibull, 2, field + " of " + name, "scale, shape");
      return reliability.weibull(weibull.get(0), weibull.get(1));
    }
    List<Life> lives = new ArrayList<>();
    failed.forEach(t -> lives.add(Life.failed(t)));
    running.forEach(t -> lives.add(Life.running(t)));
    if (lives.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.BAD_FILE,
          "machine "
              + name
              + " has no law of life\nMaybe give \"life\": [scale, shape], or lists of"
              + " \"failed\" and \"running\" ages");
    }
    return reliability.fit(lives, LifePlan.of(LifeLaw.WEIBULL)).distribution();
  }

  private static void many(List<Double> numbers, int count, String what, String which) {
    if (numbers.size() != count) {
      throw new MillwrightException(
          ErrorCode.BAD_FILE,
          what + " has " + numbers.size() + " numbers\nMaybe give " + count + ": " + which);
    }
  }
}
