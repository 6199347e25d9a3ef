package io.millwright.cli.scheduling;

import io.millwright.api.Budget;
import io.millwright.api.Millwright;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Durations;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.scheduling.DispatchGoal;
import io.millwright.scheduling.DispatchMethod;
import io.millwright.scheduling.DispatchModel;
import io.millwright.scheduling.DispatchTrainer;
import io.millwright.scheduling.Scheduling;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains a dispatching policy. */
@Command(
    name = "train",
    sortOptions = false,
    description = {
      "Trains a dispatching policy on shops that are drawn for it; it needs no data.",
      "Ctrl-C ends the training with the policy so far."
    },
    footer = {
      "",
      "Examples:",
      "  millwright scheduling dispatch train --time 20m --out policy.mwb",
      "  millwright scheduling dispatch train --goal tardiness --rounds 1500 --out live.mwb --json"
    })
final class DispatchTrain extends DeskCommand {

  /** The methods by the names people know. */
  enum Method {
    self_labelling,
    policy_gradient
  }

  /** The goals. */
  enum Goal {
    makespan,
    tardiness
  }

  @Option(
      names = "--goal",
      paramLabel = "makespan|tardiness",
      description = "What the policy keeps small. Default: ${DEFAULT-VALUE}.",
      defaultValue = "makespan")
  Goal goal = Goal.makespan;

  @Option(
      names = "--method",
      paramLabel = "self_labelling|policy_gradient",
      description = "How it learns. Default: ${DEFAULT-VALUE}.",
      defaultValue = "self_labelling")
  Method method = Method.self_labelling;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "How long to train, such as 20m. Default: 20m, or no limit with --rounds.")
  @Nullable Duration time;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How many rounds to train: the same key then gives the same policy.")
  @Nullable Long rounds;

  @Option(
      names = "--key",
      paramLabel = "N",
      description = "The key of all randomness. Default: ${DEFAULT-VALUE}.",
      defaultValue = "1")
  long key = 1;

  @Option(
      names = "--checkpoints",
      paramLabel = "DIR",
      description = "Where the training leaves its state, and goes on from the state it finds.")
  @Nullable Path checkpoints;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The bundle to write, by habit ending in .mwb.")
  Path out = Path.of("");

  DispatchTrain(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public boolean stopsEarly() {
    return true;
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    if (rounds != null && rounds < 1) {
      throw misused("--rounds must be at least 1.");
    }
    DispatchTrainer trainer =
        millwright
            .plugin(Scheduling.class)
            .dispatchTrainer()
            .goal(DispatchGoal.valueOf(goal.name().toUpperCase(Locale.ROOT)))
            .method(DispatchMethod.valueOf(method.name().toUpperCase(Locale.ROOT)))
            .key(key);
    if (checkpoints != null) {
      trainer = trainer.checkpoints(checkpoints);
    }
    DispatchModel model = await(trainer.train(budget()));
    model.saveTo(out);
    String figure = model.evaluation().figures().keySet().iterator().next();
    double own = model.evaluation().figure(figure);
    Map.Entry<String, Map<String, Double>> rule =
        model.evaluation().baselines().entrySet().stream()
            .min(Comparator.comparingDouble(b -> b.getValue().getOrDefault(figure, Double.NaN)))
            .orElseThrow();
    double best = rule.getValue().getOrDefault(figure, Double.NaN);
    Reply reply = new Reply(name());
    reply.line(
        "Policy", out + ", " + model.info().provenance().settings().get("rounds") + " rounds");
    reply.line("Judged on", model.evaluation().samples() + " " + model.evaluation().protocol());
    reply.line(String.format(Locale.ROOT, "%s: %.4g", figure, own));
    reply.line(
        String.format(
            Locale.ROOT,
            "best of %d rules, %s: %.4g",
            model.evaluation().baselines().size(),
            rule.getKey(),
            best));
    return reply
        .put("bundle", out)
        .put("figure", figure)
        .put("policy", own)
        .put("bestRule", rule.getKey())
        .put("bestRuleValue", best)
        .put("rules", model.evaluation().baselines())
        .put("provenance", model.info().provenance().settings());
  }

  private Budget budget() {
    if (rounds == null) {
      return Budget.of(time == null ? Duration.ofMinutes(20) : time);
    }
    Budget budget = Budget.iterations(rounds);
    return time == null ? budget : budget.atMost(time);
  }
}
