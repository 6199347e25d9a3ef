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
import io.millwright.cli.pages.AllocationPage;
import io.millwright.production.Allocation;
import io.millwright.production.AllocationProblem;
import io.millwright.production.Allocator;
import io.millwright.production.Production;
import io.millwright.production.Rating;
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

/** Divides work between lines. */
@Command(
    name = "allocate",
    sortOptions = false,
    description = {
      "Decides which line makes what, at which speed and for how long.",
      "Costs are energy, scrap, open lines, stock and delay; a bound is proven. When deliveries",
      "cannot be kept, it says by how much which limit would have to rise. Reads a JSON document."
    },
    footer = {
      "",
      "Examples:",
      "  millwright production allocate lines.json --html allocation.html --curve 8",
      "  millwright production allocate lines.json --service 0.95 --json"
    })
final class AllocateCommand extends DeskCommand {

  @Parameters(paramLabel = "FILE", description = "Products, lines, ratings and limits.")
  Path file = Path.of("");

  @Option(
      names = "--service",
      paramLabel = "SHARE",
      description = "How sure deliveries must be where rates are uncertain, 0.5 to 0.999.")
  @Nullable Double service;

  @Option(
      names = "--curve",
      paramLabel = "N",
      defaultValue = "0",
      description = "Points of the curve of cost against energy. Default: none.")
  int points;

  @Option(
      names = "--budget",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "The longest time for a search. Default: ${DEFAULT-VALUE}.")
  double budget;

  @Option(
      names = {"--html", "--report"},
      paramLabel = "FILE",
      description = "Write a page with the lines and the curve.")
  @Nullable Path html;

  AllocateCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    if (!(budget > 0) || points < 0 || points == 1) {
      throw misused("--budget must be above 0, and --curve 0 or at least 2");
    }
    AllocationProblem problem = problem(InputDocument.of(file, "docs/production.md"), service);
    Allocator allocator = millwright.plugin(Production.class).allocation();
    Budget limit = Budget.of(Duration.ofMillis(Math.round(1000 * budget)));
    Solution<Allocation> solution = await(allocator.optimize(problem, limit));
    Reply reply = new Reply(name());
    reply.line(
        "Problem",
        String.format(
            Locale.ROOT,
            "%s, %d lines, %d products, %d periods",
            file,
            problem.lines().size(),
            problem.products().size(),
            problem.periods()));
    reply.put("end", solution.end());
    if (solution.value().isEmpty()) {
      List<Finding> missing =
          solution.end() == Solution.End.INFEASIBLE ? allocator.missing(problem) : List.of();
      reply.line(
          "Result",
          solution.end() == Solution.End.INFEASIBLE
              ? "deliveries cannot be kept within all limits"
              : "none was found; maybe give it a larger --budget");
      missing.stream()
          .limit(12)
          .forEach(
              f -> reply.line("Limit", f.place() + ": " + f.message() + ". Maybe " + f.remedy()));
      return reply.put("missing", missing.stream().map(Documents::of).toList()).failed();
    }
    Allocation allocation = solution.orElseThrow();
    reply.line(
        "Result",
        String.format(
            Locale.ROOT,
            "cost %s (%s), energy %s kWh, scrap %s pieces",
            Figure.of(allocation.cost(), 8),
            solution.end() == Solution.End.OPTIMAL
                ? "proven optimal"
                : String.format(
                    Locale.ROOT, "gap %.2f %%", 100 * solution.objective().gap().orElse(0)),
            Figure.of(allocation.energy(), 6),
            Figure.of(allocation.scrap(), 4)));
    runs(allocation, reply);
    reply
        .put("cost", allocation.cost())
        .put(
            "bound",
            solution.objective().bound().isPresent()
                ? solution.objective().bound().getAsDouble()
                : null)
        .put("energy", allocation.energy())
        .put("scrap", allocation.scrap());
    List<Allocator.TradeOff> curve =
        points == 0 ? List.of() : await(allocator.energyCurve(problem, points, limit));
    for (Allocator.TradeOff t : curve) {
      reply.line(
          "Curve",
          String.format(
              Locale.ROOT,
              "energy %s kWh (%.1f %% less): cost %s",
              Figure.of(t.energy(), 6),
              100 * (1 - t.energy() / curve.get(0).energy()),
              Figure.of(t.cost(), 6)));
    }
    reply.put(
        "curve", curve.stream().map(t -> Map.of("energy", t.energy(), "cost", t.cost())).toList());
    if (html != null) {
      AllocationPage.write(html, file.toString(), problem, allocation, curve);
      reply.line("Report", html.toString()).put("report", html);
    }
    return reply;
  }

  private static void runs(Allocation allocation, Reply reply) {
    List<Map<String, Object>> runs = new ArrayList<>();
    for (Allocation.Run r : allocation.runs()) {
      if (runs.size() < 20) {
        reply.line(
            String.format(
                Locale.ROOT,
                "  period %2d  %-14s %-14s %6.2f h at speed %s: %s good",
                r.period() + 1,
                r.line(),
                r.product(),
                r.hours(),
                Figure.of(r.speed()),
                Figure.of(r.good())));
      }
      Map<String, Object> run = new LinkedHashMap<>();
      run.put("line", r.line());
      run.put("product", r.product());
      run.put("period", r.period() + 1);
      run.put("hours", r.hours());
      run.put("speed", r.speed());
      run.put("good", r.good());
      run.put("energy", r.energy());
      runs.add(run);
    }
    if (runs.size() > 20) {
      reply.line("  and " + (runs.size() - 20) + " runs more");
    }
    reply.put("runs", runs);
  }

  /** The problem of a document. */
  static AllocationProblem problem(InputDocument d, @Nullable Double service) {
    int periods = d.whole("periods", 0);
    AllocationProblem.Builder b = AllocationProblem.builder(periods);
    for (InputDocument p : d.list("products")) {
      b.product(
          new AllocationProblem.Product(
              p.text("name"),
              p.numbers("demand", periods),
              p.number("stock", 0),
              p.number("holding", 0),
              p.number("late", 0),
              p.number("material", 0)));
      p.done();
    }
    for (InputDocument l : d.list("lines")) {
      b.line(
          new AllocationProblem.Line(
              l.text("name"),
              l.numbers("hours", periods),
              l.number("people", 0),
              l.number("openCost", 0),
              l.number("changeover", 0)));
      l.done();
    }
    for (InputDocument r : d.list("ratings")) {
      b.rating(rating(r));
    }
    List<Double> people = d.numbers("people", periods);
    List<Double> energy = d.numbers("energy", periods);
    List<Double> material = d.numbers("material", periods);
    List<Double> price = d.numbers("energyPrice", periods);
    if (!people.isEmpty()) {
      b.people(people);
    }
    if (!energy.isEmpty()) {
      b.energy(energy);
    }
    if (!material.isEmpty()) {
      b.material(material);
    }
    double scrap = d.number("scrapCost", 0);
    b.prices(
        price.isEmpty() ? java.util.Collections.nCopies(Math.max(0, periods), 0.0) : price, scrap);
    double stated = d.number("service", 0.5);
    b.service(service == null ? stated : service);
    d.done();
    return b.build();
  }

  /** A rating by its points, or learnt from runs. */
  private static Rating rating(InputDocument r) {
    String line = r.text("line");
    String product = r.text("product");
    List<Rating.Point> points = new ArrayList<>();
    for (InputDocument p : r.list("points")) {
      points.add(
          new Rating.Point(
              p.number("speed"),
              p.number("good"),
              p.number("scrap", 0),
              p.number("energy", 0),
              p.number("deviation", 0)));
      p.done();
    }
    List<Rating.Run> runs = new ArrayList<>();
    for (InputDocument p : r.list("runs")) {
      runs.add(
          new Rating.Run(
              p.number("speed"),
              p.number("hours"),
              p.number("good"),
              p.number("scrap", 0),
              p.number("energy", 0)));
      p.done();
    }
    int count = r.whole("learn", Math.max(1, Math.min(3, runs.size() / 4)));
    r.done();
    return runs.isEmpty()
        ? new Rating(line, product, points)
        : Rating.learnt(line, product, runs, count);
  }
}
