package io.millwright.cli.scheduling;

import io.millwright.api.Millwright;
import io.millwright.api.ModelSource;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.pages.LivePage;
import io.millwright.runtime.simulation.Sample;
import io.millwright.scheduling.DispatchGoal;
import io.millwright.scheduling.Dispatcher;
import io.millwright.scheduling.LiveStudy;
import io.millwright.scheduling.LiveTrial;
import io.millwright.scheduling.Scheduling;
import io.millwright.scheduling.StochasticShop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tries ways of dispatching on a simulated floor. */
@Command(
    name = "live",
    sortOptions = false,
    description = {
      "Tries ways of dispatching on a simulated floor where orders come by surprise.",
      "Machines fail; policy and rules meet the same arrivals, failures and durations."
    },
    footer = {
      "",
      "Examples:",
      "  millwright scheduling dispatch live --html live.html",
      "  millwright scheduling dispatch live --jobs 300 --warm-up 60 --search 300 --json"
    })
final class DispatchLive extends DeskCommand {

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "The policy, as dispatch train wrote it. Default: the one that comes along.")
  @Nullable Path model;

  @Option(names = "--machines", paramLabel = "N", description = "Machines. Default: 10.")
  int machines = 10;

  @Option(
      names = "--utilisation",
      paramLabel = "SHARE",
      description = "The share of the time up in which machines have work. Default: 0.9.")
  double utilisation = 0.9;

  @Option(
      names = "--steps",
      arity = "2",
      paramLabel = "N",
      description = "The least and the most steps of a job. Default: 4 10, at most one a machine.")
  int @Nullable [] steps;

  @Option(
      names = "--allowance",
      arity = "2",
      paramLabel = "TIMES",
      description = "How far due dates lie ahead, in times of a job's own work. Default: 2 6.")
  double[] allowance = {2, 6};

  @Option(
      names = "--failures",
      arity = "2",
      paramLabel = "TICKS",
      description = "Mean time up, and of a repair; a step takes 50. Default: 1900 100.")
  double[] failures = {1900, 100};

  @Option(
      names = "--spread",
      paramLabel = "SHARE",
      description = "How far real durations spread around the expected ones. Default: 0.2.")
  double spread = 0.2;

  @Option(names = "--jobs", paramLabel = "N", description = "Jobs of a run. Default: 1500.")
  int jobs = 1500;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "How many of the first jobs do not count. Default: 300.")
  int warmUp = 300;

  @Option(
      names = "--replications",
      paramLabel = "N",
      description = "How often the floor is run. Default: 10.")
  int replications = 10;

  @Option(
      names = "--key",
      paramLabel = "N",
      description = "The key of all luck. Default: ${DEFAULT-VALUE}.",
      defaultValue = "1")
  long key = 1;

  @Option(
      names = "--search",
      paramLabel = "MOVES",
      description = "Add rolling re-optimisation with so many moves at each surprise.")
  @Nullable Long search;

  @Option(names = "--html", paramLabel = "FILE", description = "Write a page.")
  @Nullable Path html;

  DispatchLive(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    StochasticShop.Builder builder =
        StochasticShop.builder()
            .machines(machines)
            .utilisation(utilisation)
            .allowance(allowance[0], allowance[1])
            .failures(failures[0], failures[1])
            .spread(spread)
            .jobs(jobs, warmUp);
    StochasticShop shop =
        (steps == null
                ? builder.steps(Math.min(4, machines), Math.min(10, machines))
                : builder.steps(steps[0], steps[1]))
            .build();
    Scheduling scheduling = millwright.plugin(Scheduling.class);
    Dispatcher dispatcher =
        model == null
            ? scheduling.dispatcher(DispatchGoal.TARDINESS)
            : scheduling.dispatcher(ModelSource.file(model));
    LiveStudy study =
        scheduling.liveStudy(shop).with(dispatcher).replications(replications).key(key);
    if (search != null) {
      study = study.withSearch(search);
    }
    List<LiveTrial> trials = await(study.run());
    Reply reply = new Reply(name());
    String floor =
        String.format(
            Locale.ROOT,
            "%d machines at %.0f %%, %d to %d steps, due at %.1f to %.1f times the work, %d runs"
                + " of %d jobs",
            shop.machines(),
            100 * shop.utilisation(),
            shop.leastSteps(),
            shop.mostSteps(),
            shop.leastAllowance(),
            shop.mostAllowance(),
            replications,
            shop.jobs());
    reply.line("Floor", floor);
    List<Map<String, @Nullable Object>> documents = new ArrayList<>();
    for (LiveTrial t : trials) {
      reply.line(
          String.format(
              Locale.ROOT,
              "%-36s %9.1f +- %-7.1f late %5.1f %%  %8.1f us a decision",
              t.name(),
              t.tardiness().mean(),
              t.tardiness().halfWidth(0.95),
              100 * t.late().mean(),
              t.decisionMicros()));
      Map<String, @Nullable Object> document = new LinkedHashMap<>();
      document.put("name", t.name());
      document.put("tardiness", t.tardiness().values());
      document.put("mean", t.tardiness().mean());
      document.put("halfWidth95", t.tardiness().halfWidth(0.95));
      document.put("flowTime", t.flowTime().mean());
      document.put("late", t.late().mean());
      document.put("decisionMicros", t.decisionMicros());
      documents.add(document);
    }
    String verdict = verdict(trials, reply);
    reply.line("Policy", verdict).put("trials", documents);
    if (html != null) {
      LivePage.write(html, floor, verdict, trials);
      reply.line("Report", html.toString()).put("report", html);
    }
    return reply;
  }

  private static boolean isRule(LiveTrial trial) {
    return !trial.name().startsWith("policy") && !trial.name().startsWith("rolling");
  }

  /** The policy beside the best rule of the same run, replication by replication. */
  private static String verdict(List<LiveTrial> trials, Reply reply) {
    LiveTrial rule = trials.stream().filter(DispatchLive::isRule).findFirst().orElseThrow();
    LiveTrial policy =
        trials.stream().filter(t -> t.name().startsWith("policy")).findFirst().orElseThrow();
    double base = Math.max(1e-9, rule.tardiness().mean());
    Sample difference = policy.tardiness().minus(rule.tardiness());
    double share = 100 * difference.mean() / base;
    double half = 100 * difference.halfWidth(0.95) / base;
    reply.put("bestRule", rule.name()).put("changePercent", share).put("changeHalfWidth95", half);
    return String.format(
        Locale.ROOT,
        "%.1f %% (+- %.1f, 95 %%) %s tardiness than the best of all rules in this run, %s",
        Math.abs(share),
        half,
        share < 0 ? "less" : "more",
        rule.name());
  }
}
